import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LocalCloud } from '@serverless-ops/test-servers';

const run = promisify(execFile);

/** Runs the stock AWS CLI against the local cloud and gives what it prints. */
export async function aws(cloud: LocalCloud, ...args: string[]): Promise<string> {
  const { stdout } = await run('aws', [...args, '--no-cli-pager'], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...cloud.environment },
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

/** As {@link aws}, for a command that answers in JSON. */
export async function awsJson<T>(cloud: LocalCloud, ...args: string[]): Promise<T> {
  return JSON.parse(await aws(cloud, ...args, '--output', 'json')) as T;
}
