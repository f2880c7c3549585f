import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What one run of a way took. */
export interface Cost {
  readonly seconds: number;
  /** Of the processor, by all of its processes and threads; the server's not among them. */
  readonly cpuSeconds: number;
  /** Most memory that it held; undefined where it was not looked at. */
  readonly peakBytes?: number;
  /** Length of the dump before compression; undefined where the way does not say it. */
  readonly bytes?: number;
}

/** Runs a Bash script that stops at its first error, in pipes too; rejects with what it wrote to standard error. */
export async function bashCost(script: string): Promise<Cost> {
  const timed = `TIMEFORMAT='%R %U %S'\ntime {\n${script}\n}`;
  const { stderr } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', timed], {
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 64 * 1024 ** 2,
  });
  const [seconds = NaN, user = NaN, system = NaN] = (stderr.trimEnd().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { seconds, cpuSeconds: user + system };
}
