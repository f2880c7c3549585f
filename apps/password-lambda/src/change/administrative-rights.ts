import type { Row } from './admin-session.ts';

/** Columns of MySQL's `mysql.user` whose right on the whole server makes an account an administrator or a replica. */
const MYSQL_COLUMNS = {
  Super_priv: 'SUPER',
  Create_user_priv: 'CREATE USER',
  Create_role_priv: 'CREATE ROLE',
  Drop_role_priv: 'DROP ROLE',
  Grant_priv: 'GRANT OPTION',
  Repl_slave_priv: 'REPLICATION SLAVE',
  Shutdown_priv: 'SHUTDOWN',
  // On *.*, which includes the tables that hold the accounts.
  Insert_priv: 'INSERT ON *.*',
  Update_priv: 'UPDATE ON *.*',
  Delete_priv: 'DELETE ON *.*',
  Alter_priv: 'ALTER ON *.*',
  Drop_priv: 'DROP ON *.*',
} as const;

/** Bits of `access` in MariaDB's `mysql.global_priv` (its sql/privilege.h), with the same meaning. */
const MARIADB_BITS: Readonly<Record<string, number>> = {
  'INSERT ON *.*': 1,
  'UPDATE ON *.*': 2,
  'DELETE ON *.*': 3,
  'DROP ON *.*': 5,
  SHUTDOWN: 7,
  'GRANT OPTION': 10,
  'ALTER ON *.*': 13,
  SUPER: 15,
  'REPLICATION SLAVE': 19,
  'CREATE USER': 25,
  'SET USER': 30,
  'FEDERATED ADMIN': 31,
  'CONNECTION ADMIN': 32,
  'READ_ONLY ADMIN': 33,
  'REPLICATION SLAVE ADMIN': 34,
  'REPLICATION MASTER ADMIN': 35,
  'BINLOG ADMIN': 36,
  'BINLOG REPLAY': 37,
};

/** Dynamic privileges of MySQL that backups and applications may have. Every other one is an administrator's. */
const HARMLESS_DYNAMIC_PRIVILEGES: readonly string[] = [
  'BACKUP_ADMIN',
  'FLUSH_OPTIMIZER_COSTS',
  'FLUSH_PRIVILEGES',
  'FLUSH_STATUS',
  'FLUSH_TABLES',
  'FLUSH_USER_RESOURCES',
  'OPTIMIZE_LOCAL_TABLE',
  'RESOURCE_GROUP_USER',
  'SENSITIVE_VARIABLES_OBSERVER',
  'SESSION_VARIABLES_ADMIN',
  'SHOW_ROUTINE',
  'XA_RECOVER_ADMIN',
];

/** Privileges in `mysql.db` and `mysql.tables_priv` that let an account change what is in the system's own database. */
export const SYSTEM_WRITES: readonly string[] = ['INSERT', 'UPDATE', 'DELETE', 'ALTER', 'DROP'];

/** The administrative rights that a row of MySQL's `mysql.user` gives. */
export function administrativeMysqlRights(row: Row): string[] {
  return Object.entries(MYSQL_COLUMNS).flatMap(([column, right]) => (row[column] === 'Y' ? [right] : []));
}

/** The administrative rights that MariaDB's number of rights gives. It has more bits than a 32-bit operator reads. */
export function administrativeMariadbRights(access: number): string[] {
  const bits = BigInt(access);
  return Object.entries(MARIADB_BITS).flatMap(([right, bit]) => ((bits >> BigInt(bit)) & 1n ? [right] : []));
}

/** Whether a dynamic privilege of MySQL is one of an administrator; one that is not known is. */
export function isAdministrativeDynamicPrivilege(name: string): boolean {
  return !HARMLESS_DYNAMIC_PRIVILEGES.includes(name.toUpperCase());
}
