import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { mysqlAvailable, mysqlClientFolder } from './mysql-packages.ts';
import { startMysql } from './mysql-server.ts';

/** Getting MySQL's packages takes long the first time on a machine. */
const WITH_DOWNLOAD_MS = 120_000;

const testWithMysql = mysqlAvailable() ? test : test.skip;

testWithMysql(
  'starts MySQL 9 and gives its own clients, which can log in',
  async () => {
    const server = await startMysql();

    const client = (name: string, ...args: string[]): string =>
      execFileSync(join(mysqlClientFolder(), name), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const login = [`--port=${server.port}`, '--host=127.0.0.1', '--user=root', `--password=${server.rootPassword}`];
    const answer = client('mysql', ...login, '--batch', '--skip-column-names', '--execute=SELECT 6 * 7');

    await server.stop();
    expect(server.flavor).toBe('mysql');
    expect(server.version).toMatch(/^9\./);
    expect(answer).toBe('42\n');
    expect(client('mysqldump', '--version')).toMatch(/^mysqldump {2}Ver 9\./);
  },
  WITH_DOWNLOAD_MS,
);
