import { randomBytes } from 'node:crypto';
import type { DatabaseServer } from './database-server.ts';

/** Makes the account `backup` with what a backup needs and no more, as docs/backup.md has it; gives its password. */
export async function createBackupUser(server: DatabaseServer, database: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await server.query(`CREATE USER 'backup'@'%' IDENTIFIED BY '${password}'`);
  await server.query(`GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON \`${database}\`.* TO 'backup'@'%'`);
  // Bodies of routines: MySQL has a privilege for it, MariaDB keeps them in a table.
  const routines = server.flavor === 'mysql' ? 'SHOW_ROUTINE ON *.*' : 'SELECT ON mysql.proc';
  await server.query(`GRANT ${routines} TO 'backup'@'%'`);
  return password;
}
