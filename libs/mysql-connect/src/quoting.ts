/** The server stores names in three-byte UTF-8 and would silently turn other characters into question marks. */
const NOT_IN_A_NAME = /[\0\u{10000}-\u{10FFFF}]/u;

/** A name as SQL, under any sql_mode. Throws RangeError for a name that no server could have. */
export function quoteIdentifier(name: string): string {
  if (name === '' || !name.isWellFormed() || NOT_IN_A_NAME.test(name)) {
    throw new RangeError(
      `${JSON.stringify(name)} cannot be a name in MySQL: it must not be empty nor hold NUL or characters beyond U+FFFF.`,
    );
  }
  return `\`${name.replaceAll('`', '``')}\``;
}

/**
 * A text as an SQL expression that means the same under any sql_mode. A text with a backslash, which
 * NO_BACKSLASH_ESCAPES gives another meaning, becomes a hexadecimal literal: fine wherever an expression is allowed,
 * but not after IDENTIFIED BY, where {@link quoteStringLiteral} is.
 */
export function quoteLiteral(text: string): string {
  if (!text.isWellFormed()) throw new RangeError('A text with half a surrogate pair cannot be sent to MySQL.');
  if (text.includes('\\')) return `_utf8mb4 0x${Buffer.from(text, 'utf8').toString('hex')}`;
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A text in quotes, for the places where only a string literal is allowed, as after IDENTIFIED BY. It means the same in
 * the sessions of `connect` alone: under NO_BACKSLASH_ESCAPES a backslash would be doubled.
 */
export function quoteStringLiteral(text: string): string {
  if (!text.isWellFormed()) throw new RangeError('A text with half a surrogate pair cannot be sent to MySQL.');
  return `'${text.replaceAll(/['\\]/g, '$&$&').replaceAll('\0', '\\0')}'`;
}

/** An account as SQL. Both parts are quoted as names, where a backslash is an ordinary character. */
export function quoteAccount(user: string, host: string): string {
  return `${quoteIdentifier(user)}@${quoteIdentifier(host)}`;
}

/**
 * A database as GRANT and REVOKE take it, where `_` and `%` are wildcards: without this a grant on `a_b`
 * opens `axb` too. Not for servers with `partial_revokes`, which know no wildcards.
 */
export function grantPattern(database: string): string {
  return quoteIdentifier(database.replaceAll(/[\\_%]/g, '\\$&'));
}
