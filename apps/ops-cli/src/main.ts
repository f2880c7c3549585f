#!/usr/bin/env node
import { join } from 'node:path';
import { connect } from './connect.ts';
import { openPrompts } from './prompts.ts';
import { readStdin } from './read-stdin.ts';
import { runOps } from './run-ops.ts';

const { stdin, stdout, stderr, env } = process;

process.exitCode = await runOps(process.argv.slice(2), {
  env,
  defaultSettingsFile: join(import.meta.dirname, '../../../settings.yml'),
  connect: (settings) => connect(settings, env),
  readStdin: () => readStdin(stdin),
  say: (line) => void stdout.write(line),
  complain: (line) => void stderr.write(line),
  // On stderr, so that the output can go into a file.
  ...(stdin.isTTY && stderr.isTTY && { openPrompts: () => openPrompts(stdin, stderr) }),
});
