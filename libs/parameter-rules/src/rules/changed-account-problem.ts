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

/** Why no job changes the password of an account of this name, without the name; undefined when jobs can. */
export function changedAccountProblem(name: string): string | undefined {
  const lowerCase = name.toLowerCase();
  if (RESERVED.includes(lowerCase) || lowerCase.startsWith(RESERVED_PREFIX)) {
    return 'belongs to the server itself; do not change its password';
  }
  // Servers cut them off, so that the account of another name would be meant.
  if (name.startsWith(' ') || name.endsWith(' ')) {
    return 'begins or ends with a space, which servers cut off: write it without';
  }
  if (name.length > 1 && name.startsWith("'") && name.endsWith("'")) {
    return 'is in quotes, which servers remove at login: write it without them';
  }
  if (!name.isWellFormed() || /[\0\u{10000}-\u{10FFFF}]/u.test(name)) {
    return 'has a character that no name on a server can have: NUL or one beyond U+FFFF';
  }
  return undefined;
}
