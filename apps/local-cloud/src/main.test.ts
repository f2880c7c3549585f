import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DescribeClustersCommand, ECSClient } from '@aws-sdk/client-ecs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { writeAssembly } from './testing/assembly-folder.ts';
import { storageAssembly } from './testing/storage-stack.ts';

const main = join(import.meta.dirname, 'main.ts');
const run = promisify(execFile);

describe('the program', () => {
  it('prints one line of JSON when it is ready, and stops when told to', async () => {
    const { directory, remove } = writeAssembly(storageAssembly);
    const child = spawn(process.execPath, [main, '--port', '0', '--json', directory], { env: {} });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    expect(JSON.parse(line.toString())).toEqual({
      endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      region: 'eu-central-1',
      account_id: '111111111111',
      state_machines: {},
      outputs: { storage: {} },
      announcement: expect.stringContaining('export AWS_ENDPOINT_URL=') as string,
    });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    remove();
  });

  it('tells a person how to reach it', async () => {
    const { directory, remove } = writeAssembly(storageAssembly);
    const child = spawn(process.execPath, [main, '--port', '0', directory], { env: {} });
    const [text] = (await once(child.stdout, 'data')) as [Buffer];
    expect(text.toString()).toMatch(/ {2}export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+\n/);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    remove();
  });

  it('has the buckets and clusters that its options name, as an account has what no stack makes', async () => {
    const { directory, remove } = writeAssembly(storageAssembly);
    const words = [main, '--port', '0', '--json', '--bucket', 'shared-backups', '--cluster', 'shared', directory];
    const child = spawn(process.execPath, words, { env: {} });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { endpoint, region } = JSON.parse(line.toString()) as { endpoint: string; region: string };
    const client = { endpoint, region, credentials: { accessKeyId: 'own', secretAccessKey: 'own' } };
    const s3 = new S3Client(client);
    const ecs = new ECSClient(client);
    await s3.send(new PutObjectCommand({ Bucket: 'shared-backups', Key: 'a', Body: 'content' }));
    const { clusters } = await ecs.send(new DescribeClustersCommand({ clusters: ['shared'] }));
    expect(clusters).toMatchObject([{ clusterName: 'shared', status: 'ACTIVE' }]);
    s3.destroy();
    ecs.destroy();
    child.kill('SIGTERM');
    await once(child, 'exit');
    remove();
  });

  it('ends with 1 and says why when it cannot run', async () => {
    await expect(run(process.execPath, [main, '/no/such'])).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('/no/such is no synthesized assembly') as string,
    });
  });
});
