import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeAssembly } from './fixtures/assembly-folder.ts';
import { storageAssembly } from './fixtures/storage-stack.ts';

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

  it('ends with 1 and says why when it cannot run', async () => {
    await expect(run(process.execPath, [main, '/no/such'])).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('/no/such is no synthesized assembly') as string,
    });
  });
});
