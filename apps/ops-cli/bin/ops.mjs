#!/usr/bin/env node
import { runsTypeScript, startOnNode24 } from './start-on-node-24.mjs';

// Node 20 runs no TypeScript.
if (runsTypeScript(process.versions.node)) await import('../src/main.ts');
else startOnNode24(process.argv.slice(2));
