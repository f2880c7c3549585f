import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { loadSettings } from '@serverless-ops/settings';
import { JobsApi, startLocalCloud, startMariadb } from '@serverless-ops/test-servers';
import { fileSampleDatabase } from './file-sample-database.ts';

const workspaceRoot = join(import.meta.dirname, '..', '..', '..');

/** Runs the program of `npm start` to its end. */
async function start(...words: string[]): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...words]);
  let said = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [unknown];
  return { code, said };
}

describe('npm start', () => {
  it('ends with exit code 1 and one sentence about a port that is taken, before it builds anything', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, said } = await start('--port', String(port));
    server.close();
    expect(code).toBe(1);
    expect(said.trim()).toBe(
      `Port ${port} cannot be used: another program uses it. ` +
        `Stop that program, or choose another port: npm start -- --port ${port + 1}`,
    );
  });

  it('refuses an option that it does not have', async () => {
    expect(await start('--prot', '1')).toMatchObject({
      code: 1,
      said: expect.stringContaining('Usage: npm start') as string,
    });
  });

  it('files a sample database under the names of the settings, ready for a backup over the API', async () => {
    const settings = loadSettings(join(workspaceRoot, 'settings.yml'));
    const server = await startMariadb();
    const cloud = await startLocalCloud({ workspaceRoot });
    try {
      const { dbName, dbEnv } = await fileSampleDatabase(server, cloud, settings);
      const api = new JobsApi(cloud.apiUrl, cloud.apiKey);
      const id = await api.order({ job_name: 'db_backup', job_options: { db_name: dbName, db_env: dbEnv } });
      expect((await api.waitFor(id)).state).toBe('SUCCEEDED');
      expect(cloud.announcement).toContain(`export API_URL=${cloud.apiUrl} API_KEY=${cloud.apiKey}`);
    } finally {
      await Promise.allSettled([cloud.stop(), server.stop()]);
    }
  });
});
