/** Plain JavaScript without dependencies: Node 20 runs no TypeScript, and a checkout may have no packages yet. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The first major version that runs TypeScript without an option and without a warning. */
const NODE_MAJOR = 24;

const HERE = dirname(fileURLToPath(import.meta.url));
const MAIN = join(HERE, '../src/main.ts');
const WORKSPACE_ROOT = resolve(HERE, '../../..');

/** @type {readonly NodeJS.Signals[]} */
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Whether a Node, such as 20.19.0, runs `ops` as it is.
 *
 * @param {string} version
 */
export function runsTypeScript(version) {
  return Number(version.split('.')[0]) >= NODE_MAJOR;
}

/**
 * Starts `ops` with the Node 24 that the packages of the workspace bring, and ends as it ends.
 *
 * @param {readonly string[]} words of the command line
 */
export function startOnNode24(words, workspaceRoot = WORKSPACE_ROOT) {
  const node = join(workspaceRoot, 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(node)) {
    console.error(
      `ops needs Node ${NODE_MAJOR}, and this is Node ${process.versions.node}. Run "npm ci" in ${workspaceRoot}, ` +
        'which brings it; where npm holds install scripts back, also "npm rebuild node --ignore-scripts=false".',
    );
    process.exitCode = 2;
    return;
  }
  const child = spawn(node, [MAIN, ...words], { stdio: 'inherit' });
  for (const signal of FORWARDED_SIGNALS) {
    process.on(signal, () => {
      // Ctrl-C at a terminal reaches both processes: passed on as well, it would count as pressed twice.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
