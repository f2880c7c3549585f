import { spawn, type StdioOptions } from 'node:child_process';
import { ProgramFailedError } from './errors.ts';

/** A program, and what it is given. */
export type Command = readonly [program: string, ...args: string[]];

/** Other programs, as this one uses them. */
export interface Programs {
  /** What it says and asks goes to the terminal. Throws {@link ProgramFailedError} unless it ends with 0. */
  run(command: Command, options?: { cwd?: string }): Promise<void>;
  /** What it writes to standard output. Throws {@link ProgramFailedError} unless it ends with 0. */
  read(command: Command): Promise<string>;
  /** The same, in silence: `undefined` when it cannot be started or ends with anything but 0. */
  tryRead(command: Command): Promise<string | undefined>;
}

/**
 * Programs of this machine.
 *
 * @param env their environment
 */
export function createPrograms(workspaceRoot: string, env: NodeJS.ProcessEnv): Programs {
  return {
    async run(command, { cwd = workspaceRoot } = {}) {
      await start(command, { cwd, env, stdio: 'inherit' });
    },
    read: (command) => start(command, { cwd: workspaceRoot, env, stdio: ['ignore', 'pipe', 'inherit'] }),
    tryRead: (command) =>
      start(command, { cwd: workspaceRoot, env, stdio: ['ignore', 'pipe', 'ignore'] }).catch(() => undefined),
  };
}

interface StartOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  stdio: StdioOptions;
}

function start([program, ...args]: Command, options: StartOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, options);
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('error', (cause) => reject(new Error(`${program} could not be started: ${cause.message}`, { cause })));
    child.once('close', (exitCode) => {
      if (exitCode === 0) resolve(said);
      else reject(new ProgramFailedError([program, ...args].join(' '), exitCode));
    });
  });
}
