import { randomBytes } from 'node:crypto';
import { escapeId } from 'mysql2';
import type { DatabaseServer } from './database-server.ts';

/**
 * Makes the account `restorer` with all rights on databases and none on the server, as docs/restore.md has it: what RDS
 * gives its users, too. Gives its password.
 */
export async function createRestoreUser(server: DatabaseServer, databases: readonly string[]): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await server.query(`CREATE USER 'restorer'@'%' IDENTIFIED BY '${password}'`);
  for (const database of databases) {
    await server.query(`GRANT ALL PRIVILEGES ON ${escapeId(database, true)}.* TO 'restorer'@'%'`);
  }
  return password;
}
