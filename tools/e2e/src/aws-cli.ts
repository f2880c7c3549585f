import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LocalCloud } from '@serverless-ops/test-servers';

const run = promisify(execFile);

/** The system's own CLI before one that a Python environment brought along: that is often version 1. */
const PATH = `/usr/local/bin:/usr/bin:${process.env['PATH'] ?? ''}`;

/** Runs the stock AWS CLI (before 2.13 it does not know `AWS_ENDPOINT_URL`) against the local cloud and gives what it prints. */
export async function aws(cloud: LocalCloud, ...args: string[]): Promise<string> {
  const { stdout } = await run('aws', ['--endpoint-url', cloud.endpoint, ...args], {
    env: { PATH, HOME: '/nonexistent', AWS_PAGER: '', AWS_EC2_METADATA_DISABLED: 'true', ...cloud.environment },
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

/** `aws logs tail` came with version 2. */
export async function isVersion2(cloud: LocalCloud): Promise<boolean> {
  return (await aws(cloud, '--version')).startsWith('aws-cli/2');
}

/** As {@link aws}, for a command that answers in JSON. */
export async function awsJson<T>(cloud: LocalCloud, ...args: string[]): Promise<T> {
  return JSON.parse(await aws(cloud, ...args, '--output', 'json')) as T;
}
