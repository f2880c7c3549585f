import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { mysqlClientFolder, type DatabaseServer } from '@serverless-ops/test-servers';

/** The clients that can log in to a server: MySQL's has no plugin for the accounts of MariaDB. */
export function clientsFor({ flavor }: DatabaseServer): string[] {
  return flavor === 'mysql' ? ['mariadb', join(mysqlClientFolder(), 'mysql')] : ['mariadb'];
}

/** Restores by hand: `zstd -dc | mysql database`, with no options but those that log in, and `options`. */
export function loadWithClient(
  server: DatabaseServer,
  client: string,
  database: string,
  dump: Buffer,
  options: readonly string[] = [],
): void {
  const sql = execFileSync('zstd', ['-dc'], { input: dump, maxBuffer: 2 ** 30 });
  const login = [`--host=${server.host}`, `--port=${server.port}`, '--user=root', `--password=${server.rootPassword}`];
  execFileSync(client, [...login, ...options, database], { input: sql, stdio: ['pipe', 'pipe', 'pipe'] });
}
