import { scanSql, unquoted } from './scan-sql.ts';

const USES_SEQUENCE = /^(nextval|lastval|setval)$/i;

/**
 * A table's statement without its database's name before the sequences of its defaults, where MariaDB always writes it.
 * One character for each byte.
 */
export function freeDefaults(sql: string, database: string): string {
  const tokens = [...scanSql(sql)];
  return tokens
    .filter((_, at) => {
      // nextval ( `database` . `sequence` )
      const isName = (name: number): boolean => {
        const [call, open, own, dot] = tokens.slice(name - 2, name + 2);
        return (
          call !== undefined &&
          USES_SEQUENCE.test(call.text) &&
          open?.text === '(' &&
          own?.kind === 'name' &&
          unquoted(own) === database &&
          dot?.text === '.'
        );
      };
      return !(isName(at) || isName(at - 1));
    })
    .map(({ text }) => text)
    .join('');
}
