import { execFileSync } from 'node:child_process';
import { createBigDatabase } from './big-database.ts';
import { startMariadb } from '../databases/mariadb-server.ts';

jest.setTimeout(60_000);

test('makes a database whose dump is about as long as asked for', async () => {
  const server = await startMariadb();
  await createBigDatabase(server, { megabytes: 20 });

  const login = ['--host=127.0.0.1', `--port=${server.port}`, '--user=root', `--password=${server.rootPassword}`];
  const dump = execFileSync('mariadb-dump', [...login, '--hex-blob', 'benchmark'], { maxBuffer: 1e8 });

  await server.stop();
  expect(dump.length / 1e6).toBeGreaterThan(19);
  expect(dump.length / 1e6).toBeLessThan(21);
});
