import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A tool that needs longer for a database of a few rows waits for something that never comes. */
const TIMEOUT_MS = 30_000;

export interface RunOptions {
  /** What in its words means that it failed, whatever its exit code. @default nothing */
  readonly complaint?: RegExp;
}

/** Thrown when a program has not ended in time. */
export class ProgramStuck extends Error {
  constructor() {
    super(`It had not ended after ${TIMEOUT_MS / 1000} s.`);
  }
}

/** Thrown when a program was ended by a signal of its own making. */
export class ProgramCrash extends Error {
  constructor(signal: string) {
    super(`It ended with ${signal}.`);
  }
}

/** Runs a program to its end and gives its standard output. Throws what the program said when it failed, or that it hangs. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { complaint }: RunOptions = {},
): Promise<Buffer> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  const output: Buffer[] = [];
  let said = '';
  child.stdout.on('data', (data: Buffer) => output.push(data));
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal === 'SIGKILL') throw new ProgramStuck();
  if (signal !== null) throw new ProgramCrash(signal);
  if (code !== 0 || complaint?.test(said) === true) throw new Error(said.trim());
  return Buffer.concat(output);
}
