import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a Bash script that stops at its first error, in pipes too; rejects with what it wrote to standard error. */
export async function runBash(script: string, environment: Record<string, string> = {}): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    env: { ...process.env, ...environment },
  });
  return stdout.trim();
}
