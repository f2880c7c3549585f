import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { SERVER_FOLDERS } from './system-tools.mjs';

/** @type {readonly NodeJS.Signals[]} */
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs the command with the workspace's own programs, Node 24 among them, before all others, and ends as it ends.
 *
 * @param {readonly [string, ...string[]]} command
 * @param {string} workspaceRoot
 */
export function runCommand([program, ...args], workspaceRoot) {
  const PATH = [join(workspaceRoot, 'node_modules', '.bin'), process.env['PATH'], ...SERVER_FOLDERS].join(delimiter);
  const env = { ...process.env, PATH };
  const child = spawn(program, args, { cwd: workspaceRoot, env, stdio: 'inherit' });
  for (const signal of FORWARDED_SIGNALS) {
    process.on(signal, () => {
      // Ctrl-C on a terminal reaches the whole group: passed on as well, it would count as pressed twice.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.once('error', (error) => {
    console.error(`with-everything: ${program} could not be started: ${error.message}`);
    process.exitCode = 127;
  });
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
