import { randomBytes } from 'node:crypto';
import type { DatabaseServer } from './database-server.ts';

/** Where servers keep accounts, their rights and their roles. */
const TABLES_OF_ACCOUNTS = {
  mysql: ['mysql.user', 'mysql.db', 'mysql.tables_priv', 'mysql.global_grants', 'mysql.role_edges'],
  mariadb: ['mysql.global_priv', 'mysql.db', 'mysql.tables_priv', 'mysql.roles_mapping'],
} as const;

/**
 * Makes the account `password_admin` with what a change of a password needs and no more, as docs/password-change.md has
 * it; it can give new accounts rights on one database. Gives its password.
 */
export async function createPasswordAdmin(server: DatabaseServer, database: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await server.query(`CREATE USER 'password_admin'@'%' IDENTIFIED BY '${password}'`);
  await server.query("GRANT CREATE USER ON *.* TO 'password_admin'@'%'");
  for (const table of TABLES_OF_ACCOUNTS[server.flavor]) {
    await server.query(`GRANT SELECT ON ${table} TO 'password_admin'@'%'`);
  }
  await server.query(`GRANT ALL PRIVILEGES ON \`${database}\`.* TO 'password_admin'@'%' WITH GRANT OPTION`);
  return password;
}
