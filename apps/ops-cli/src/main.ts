#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, connectJobs, connectStore } from './connect.ts';
import { terminalLine } from './jobs/terminal-line.ts';
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
  connect: (settings) => connect(settings, { env, complain }),
  connectJobs: (settings) => connectJobs(settings, { env, complain }),
  connectStore: (settings, bucket) => connectStore(settings, bucket, { env }),
  readStdin: () => readStdin(stdin),
  say: (text) => void stdout.write(text),
  complain,
  onInterrupt: (handle) => {
    process.on('SIGINT', handle);
    return () => void process.off('SIGINT', handle);
  },
  sleep,
  now: () => new Date(),
  randomHex: (bytes) => randomBytes(bytes).toString('hex'),
  ...(stderr.isTTY && { line: terminalLine(stderr) }),
  // On stderr, so that the output can go into a file.
  ...(stdin.isTTY && stderr.isTTY && { openPrompts: () => openPrompts(stdin, stderr) }),
});
