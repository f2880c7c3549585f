import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { findFreePort } from '../network/free-port.ts';

/** A server process that takes connections. */
export interface SpawnedServer {
  readonly pid: number;
  readonly port: number;
  /** Ends the process at once; one that has already ended is fine. */
  kill(): Promise<void>;
}

/** Another process can take the free port before the server does. */
const MAX_ATTEMPTS = 3;
const PORT_TAKEN = /address already in use|bind on tcp\/ip port/i;

/** Enough of a server's log to say why it did not start. */
const KEPT_LOG_CHARACTERS = 4000;

/**
 * Starts the server, on a free port unless one is given, and waits until it takes connections; rejects with the end of
 * its log when it does not.
 */
export async function spawnServer(
  command: readonly [string, ...string[]],
  options: string[],
  fixedPort?: number,
): Promise<SpawnedServer> {
  for (let attempt = 1; ; attempt++) {
    const port = fixedPort ?? (await findFreePort());
    const [program, ...args] = [...command, ...options, `--port=${port}`] as [string, ...string[]];
    // A group of its own, so that Ctrl-C reaches us alone and we end the server.
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    const { pid } = child;
    const failure = await waitUntilReady(child);
    if (failure === undefined && pid !== undefined) return { pid, port, kill: () => kill(child) };
    if (attempt === MAX_ATTEMPTS || !PORT_TAKEN.test(failure ?? '')) {
      throw new Error(`The database server ${program} did not start. The end of its log:\n${failure ?? ''}`);
    }
  }
}

/** Resolves with nothing once the server is ready, or with the end of its log once it has ended. */
async function waitUntilReady(child: ChildProcess): Promise<string | undefined> {
  let log = '';
  return new Promise((resolve) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-KEPT_LOG_CHARACTERS);
      if (log.includes('ready for connections')) resolve(undefined);
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(log));
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
