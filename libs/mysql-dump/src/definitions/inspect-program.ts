import type { Incompleteness } from '../inventory/incompleteness.ts';
import { clientCarries } from './client-carries.ts';
import { scanSql, unquoted, type SqlDialect } from './scan-sql.ts';
import type { MadeObject } from './statement.ts';

/**
 * What somebody who restores the program has to know. Its text is its author's and stays as it is, so that it means the
 * source where it names it. Statement and database have one character for each byte.
 */
export function inspectProgram(
  { kind, name }: MadeObject,
  sql: string,
  database: string,
  dialect: SqlDialect,
): Incompleteness[] {
  const what = `${kind.toLowerCase()} ${JSON.stringify(name)}`;
  return [
    ...(namesDatabase(sql, database, dialect)
      ? [
          {
            what,
            why: 'Its body names its own database. It is in the backup as it is, so restored under another name it still uses the database of the old one.',
            remedy: 'Take the name out of the body at the source, or change the body after such a restore.',
          },
        ]
      : []),
    ...(clientCarries(sql, dialect) ? [] : [misreadByClients(what)]),
  ];
}

/** What somebody who restores by hand has to know of an object whose statement clients do not send as it is. */
export function misreadByClients(what: string): Incompleteness {
  return {
    what,
    why: 'The command-line clients misread its quotes or backslashes. It is in the backup as it is, and only a restore by hand fails.',
    remedy: 'Create it by another program than these clients, from the text in the backup.',
  };
}

function namesDatabase(sql: string, database: string, dialect: SqlDialect): boolean {
  const tokens = [...scanSql(sql, dialect)].filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  return tokens.some(
    (token, at) =>
      (token.kind === 'name' || token.kind === 'word') &&
      unquoted(token) === database &&
      tokens[at + 1]?.text === '.' &&
      tokens[at - 1]?.text !== '.' &&
      // In a body, `NEW.a` or `t.a` is no database.
      !/^(new|old)$/i.test(token.text),
  );
}
