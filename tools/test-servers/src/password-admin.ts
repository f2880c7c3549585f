import { randomBytes } from 'node:crypto';
import type { DatabaseServer } from './database-server.ts';

/**
 * Makes the account `password_admin` with what a change of a password needs and no more, as docs/password-change.md has
 * it; it can give new accounts rights on one database. Gives its password.
 */
export async function createPasswordAdmin(server: DatabaseServer, database: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await server.query(`CREATE USER 'password_admin'@'%' IDENTIFIED BY '${password}'`);
  await server.query("GRANT CREATE USER ON *.* TO 'password_admin'@'%'");
  // Where the accounts stand.
  const accounts = server.flavor === 'mysql' ? 'mysql.user' : 'mysql.global_priv';
  await server.query(`GRANT SELECT ON ${accounts} TO 'password_admin'@'%'`);
  await server.query(`GRANT ALL PRIVILEGES ON \`${database}\`.* TO 'password_admin'@'%' WITH GRANT OPTION`);
  return password;
}
