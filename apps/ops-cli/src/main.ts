#!/usr/bin/env node
import { join } from 'node:path';
import { connect } from './connect.ts';
import { openPrompts } from './prompts.ts';
import { readStdin } from './read-stdin.ts';
import { runOps } from './run-ops.ts';

const { stdin, stdout, stderr, env } = process;

// The reader of the output may close it early: `ops params list | head`.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const complain = (text: string): void => void stderr.write(text);

process.exitCode = await runOps(process.argv.slice(2), {
  env,
  defaultSettingsFile: join(import.meta.dirname, '../../../settings.yml'),
  connect: (settings) => connect(settings, env, complain),
  readStdin: () => readStdin(stdin),
  say: (text) => void stdout.write(text),
  complain,
  // On stderr, so that the output can go into a file.
  ...(stdin.isTTY && stderr.isTTY && { openPrompts: () => openPrompts(stdin, stderr) }),
});
