/** Characters of the name of a database. (MySQL reference manual, "Identifier Length Limits") */
const MAX_DATABASE_NAME = 64;

/** Characters of the name of an account: 80 in MariaDB; MySQL has 32, and refuses longer ones itself. */
const MAX_ACCOUNT_NAME = 80;

/** Servers store names in three-byte UTF-8. (MySQL reference manual, "Schema Object Names") */
const BEYOND_A_NAME = /[\u{10000}-\u{10FFFF}]/u;

/** Why a value is no name of a database on the server. */
export function databaseNameProblem(value: string): string | undefined {
  if (value.length > MAX_DATABASE_NAME) {
    return `has ${value.length} characters, and the name of a database has ${MAX_DATABASE_NAME} at most`;
  }
  if (BEYOND_A_NAME.test(value)) return 'has a character that no name on a server can have, such as an emoji';
  if (value.endsWith(' ')) return 'ends with a space, which no name of a database may do';
  return value === '.' || value === '..' ? 'is no name of a database' : undefined;
}

/** Why a value is no name of an account to log in with. */
export function accountNameProblem(value: string): string | undefined {
  if (value.length > MAX_ACCOUNT_NAME) {
    return `has ${value.length} characters, and the name of an account has ${MAX_ACCOUNT_NAME} at most`;
  }
  if (BEYOND_A_NAME.test(value)) return 'has a character that no name on a server can have, such as an emoji';
  if (value.startsWith(' ') || value.endsWith(' ')) {
    return 'begins or ends with a space, which servers cut off: write it without';
  }
  return value.length > 1 && value.startsWith("'") && value.endsWith("'")
    ? 'is in quotes: write the name of the account alone, without quotes and without its host'
    : undefined;
}
