/** Accounts that servers and RDS need for themselves; without regard to case, as PUBLIC is. */
const RESERVED = [
  'mariadb.sys',
  'public',
  'rdsadmin',
  'rdsproxyadmin',
  'rdsrepladmin',
  'rds_superuser_role',
  'event_scheduler',
  'current_user',
];

/** `mysql.sys`, `mysql.session`, `mysql.infoschema`, and those still to come. */
const RESERVED_PREFIX = 'mysql.';

/** What forbids working on an account of this name, undefined when nothing does. */
export function problemOfAccountName(name: string): string | undefined {
  const lowerCase = name.toLowerCase();
  if (RESERVED.includes(lowerCase) || lowerCase.startsWith(RESERVED_PREFIX)) {
    return `db_user ${JSON.stringify(name)} belongs to the server itself; its password is not for people to change`;
  }
  // Servers cut them off, so that the account of another name would be meant.
  if (name.startsWith(' ') || name.endsWith(' ')) {
    return `db_user ${JSON.stringify(name)} begins or ends with a space, which servers cut off: leave it out`;
  }
  if (name.length > 1 && name.startsWith("'") && name.endsWith("'")) {
    return `db_user ${JSON.stringify(name)} stands in quotes, which servers take off at login: leave them out`;
  }
  if (!name.isWellFormed() || /[\0\u{10000}-\u{10FFFF}]/u.test(name)) {
    return `db_user ${JSON.stringify(name)} has a character that no name on a server can have: NUL or one beyond U+FFFF`;
  }
  return undefined;
}
