import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** Enough for all that a build says. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Runs a program to its end and gives its standard output; a failure carries what it wrote to standard error. */
export async function run(program: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { stdout } = await execFileAsync(program, args, { env, maxBuffer: MAX_OUTPUT_BYTES });
  return stdout;
}
