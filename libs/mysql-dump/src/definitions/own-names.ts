import { scanSql, unquoted, type SqlDialect, type SqlToken } from './scan-sql.ts';

/** A view's statement that means the database that it is in, whatever its name. */
export interface FreedView {
  readonly sql: string;
  /** Tables and views of its own database that it reads, by name. */
  readonly reads: readonly string[];
  /** Functions of its own database that it calls, by name. */
  readonly calls: readonly string[];
}

/** Before the name of a table, in the form in which a server writes a view's SELECT. */
const READS = /^(from|join|straight_join)$/i;

/**
 * Takes the database's own name out of a view's statement as SHOW CREATE VIEW gives it. The server leaves it in as soon
 * as the view reads another database too (MySQL), or as it cannot resolve the view (MariaDB, a missing definer).
 * Every name is quoted in that form, which tells a database from an alias: of three names the first is the database;
 * two are database and table where a table is read, database and function before a parenthesis, and otherwise, unless
 * a table has the database's name as its alias, database and table too. Text and name are one character for each byte.
 */
export function freeView(sql: string, database: string, dialect: SqlDialect = {}): FreedView {
  const tokens = [...scanSql(sql, dialect)];
  const reads: string[] = [];
  const calls: string[] = [];
  let freed = '';
  /** The last word or symbol that is no opening parenthesis. */
  let before = '';
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind !== 'name') {
      if (token.kind === 'word' || (token.kind === 'symbol' && token.text !== '(')) before = token.text;
      freed += token.text;
      at++;
      continue;
    }
    const names = chain(tokens, at);
    const isRead = READS.test(before);
    const isCall = tokens[at + names.length * 2 - 1]?.text === '(';
    const [first] = names;
    const isOwn = first !== undefined && names.length > 1 && unquoted(first) === database;
    const strips = isOwn && (names.length === 3 || isRead || isCall);
    const kept = strips ? names.slice(1) : names;
    if (isRead && kept.length === 1 && kept[0] !== undefined) reads.push(unquoted(kept[0]));
    if (isCall && kept.length === 1 && kept[0] !== undefined) calls.push(unquoted(kept[0]));
    freed += kept.map(({ text }) => text).join('.');
    before = '';
    at += names.length * 2 - 1;
  }
  const local = commonTables(tokens);
  return { sql: freed, reads: reads.filter((name) => !local.has(name)), calls };
}

/** The names from `at` on that dots join. */
function chain(tokens: readonly SqlToken[], at: number): SqlToken[] {
  let end = at + 1;
  while (tokens[end]?.text === '.' && tokens[end + 1]?.kind === 'name') end += 2;
  return tokens.slice(at, end).filter(({ kind }) => kind === 'name');
}

/** Names that the view gives to a SELECT of its own: `with [recursive] name [(columns)] as (`. */
function commonTables(tokens: readonly SqlToken[]): Set<string> {
  const pieces = tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const names = new Set<string>();
  pieces.forEach((piece, at) => {
    if (piece.kind !== 'name' && piece.kind !== 'word') return;
    let next = at + 1;
    if (pieces[next]?.text === '(') while (next < pieces.length && pieces[next++]?.text !== ')');
    if (pieces[next]?.text.toLowerCase() === 'as' && pieces[next + 1]?.text === '(') names.add(unquoted(piece));
  });
  return names;
}
