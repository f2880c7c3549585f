import { DATABASE_FLAVORS } from './database-flavors.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { DatabaseServer } from './database-server.ts';
import { startMariadb } from './mariadb-server.ts';

jest.setTimeout(60_000);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function dataFolder(server: DatabaseServer): Promise<string> {
  const [row] = await server.query('SELECT @@datadir AS folder');
  return String(row?.['folder']);
}

test('answers queries as root on a port of its own', async () => {
  const server = await startMariadb();

  const rows = await server.query('SELECT 1 AS one, CURRENT_USER() AS account');

  await server.stop();
  expect(rows).toEqual([{ one: 1, account: 'root@%' }]);
  expect(server).toMatchObject({ flavor: 'mariadb', host: '127.0.0.1' });
  expect(server.version).toContain('MariaDB');
});

test('lets no client in without the password', async () => {
  const server = await startMariadb();

  const attempts = ['root', ''].map((user) => createConnection({ host: server.host, port: server.port, user }));
  const outcomes = await Promise.allSettled(attempts);

  await server.stop();
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('keeps servers that run at the same time apart', async () => {
  const [first, second] = await Promise.all([startMariadb(), startMariadb()]);

  await first.query('CREATE DATABASE only_here');
  const databases = await second.query("SHOW DATABASES LIKE 'only_here'");

  await Promise.all([first.stop(), second.stop()]);
  expect(databases).toEqual([]);
  expect(first.port).not.toBe(second.port);
});

test('keeps the temporary tables of each apart, which a server that starts would delete', async () => {
  await using server = await startMariadb();

  const [row] = await server.query("SELECT @@datadir = CONCAT(@@tmpdir, '/data/') AS within_its_own_folder");

  expect(row).toEqual({ within_its_own_folder: 1 });
});

test('leaves neither a process nor a folder after stop, which can be called twice', async () => {
  const server = await startMariadb();
  const folder = await dataFolder(server);

  await server.stop();
  await server.stop();

  expect(existsSync(join(folder, '..'))).toBe(false);
  expect(isRunning(server.pid)).toBe(false);
});

test('can be stopped after it was killed', async () => {
  const server = await startMariadb();
  const folder = await dataFolder(server);

  process.kill(server.pid, 'SIGKILL');
  await server.stop();

  expect(existsSync(folder)).toBe(false);
});

test('goes away with the process that started it, even when that is killed', async () => {
  const script = `
    import { startMariadb } from ${JSON.stringify(join(__dirname, 'mariadb-server.ts'))};
    const server = await startMariadb();
    const [row] = await server.query('SELECT @@datadir AS folder');
    console.log(JSON.stringify({ pid: server.pid, folder: row.folder }));`;
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(starter.stdout, 'data')) as [Buffer];
  const { folder } = JSON.parse(line.toString()) as { folder: string };

  const existedBefore = existsSync(folder);
  starter.kill('SIGKILL');
  while (existsSync(folder)) await new Promise((resolve) => setTimeout(resolve, 20));

  expect(existedBefore).toBe(true);
});

test('speaks TLS under the host name asked for', async () => {
  const server = await startMariadb({ tlsHostName: 'localhost' });

  const [cipher] = await server.query("SHOW GLOBAL VARIABLES LIKE 'have_ssl'");

  const caExists = server.caFile !== undefined && existsSync(server.caFile);
  await server.stop();
  expect(cipher).toMatchObject({ Value: 'YES' });
  expect(caExists).toBe(true);
});

describe.each(DATABASE_FLAVORS.filter(({ isAvailable }) => isAvailable()))('a $flavor that is killed', ({ start }) => {
  it('starts again with its data, on its port', async () => {
    await using server = await start();
    await server.query('CREATE DATABASE shop');
    const { pid } = server;

    await server.kill();
    await expect(server.query('SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await server.restart();

    expect(await server.query("SHOW DATABASES LIKE 'shop'")).toHaveLength(1);
    expect(server.pid).not.toBe(pid);
  });
});
