/** Static privileges of MySQL and MariaDB that a grant may name. Dynamic ones, roles and PROXY are for administrators. */
const PRIVILEGES: readonly string[] = [
  'ALL',
  'ALL PRIVILEGES',
  'ALTER',
  'ALTER ROUTINE',
  'CREATE',
  'CREATE ROUTINE',
  'CREATE TABLESPACE',
  'CREATE TEMPORARY TABLES',
  'CREATE USER',
  'CREATE VIEW',
  'DELETE',
  'DELETE HISTORY',
  'DROP',
  'EVENT',
  'EXECUTE',
  'FILE',
  'INDEX',
  'INSERT',
  'LOCK TABLES',
  'PROCESS',
  'REFERENCES',
  'RELOAD',
  'REPLICATION CLIENT',
  'REPLICATION SLAVE',
  'SELECT',
  'SHOW DATABASES',
  'SHOW VIEW',
  'TRIGGER',
  'UPDATE',
  'USAGE',
];

/** Those that a list of columns may follow. */
const WITH_COLUMNS: readonly string[] = ['INSERT', 'REFERENCES', 'SELECT', 'UPDATE'];

export const isPrivilege = (name: string): boolean => PRIVILEGES.includes(name);

export const takesColumns = (name: string): boolean => WITH_COLUMNS.includes(name);
