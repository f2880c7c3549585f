import { scanSql, unquoted, type SqlDialect } from './scan-sql.ts';

/**
 * A trigger's statement without its database's name before the names of trigger and table. MariaDB keeps the head as
 * its author typed it; what follows the table's name is the author's, too, and stays. One character for each byte.
 */
export function freeTrigger(sql: string, database: string, dialect: SqlDialect = {}): string {
  const tokens = [...scanSql(sql, dialect)];
  const isBlank = (at: number): boolean => ['space', 'comment'].includes(tokens[at]?.kind ?? '');
  const next = (at: number): number => {
    do at++;
    while (isBlank(at));
    return at;
  };
  const find = (word: string, from: number): number => {
    while (from < tokens.length && !(tokens[from]?.kind === 'word' && tokens[from]?.text.toUpperCase() === word))
      from++;
    return from;
  };
  const dropped = new Set<number>();
  const dropDatabase = (at: number): void => {
    const [name, dot] = [tokens[at], next(at)];
    if (name === undefined || tokens[dot]?.text !== '.' || unquoted(name) !== database) return;
    for (let drop = at; drop < next(dot); drop++) dropped.add(drop);
  };
  const trigger = find('TRIGGER', 0);
  let name = next(trigger);
  // IF NOT EXISTS
  if (tokens[name]?.text.toUpperCase() === 'IF' && tokens[next(name)]?.text.toUpperCase() === 'NOT')
    name = next(next(next(name)));
  dropDatabase(name);
  dropDatabase(next(find('ON', name + 1)));
  return tokens
    .filter((_, at) => !dropped.has(at))
    .map(({ text }) => text)
    .join('');
}
