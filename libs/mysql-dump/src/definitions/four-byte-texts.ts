import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import type { DumpColumn, DumpTable } from '../dump-table.ts';
import type { Incompleteness } from '../inventory/incompleteness.ts';
import { selectRows } from '../inventory/select-rows.ts';
import { shownLiteral } from './shown-literal.ts';

/**
 * Both makers show the members of an ENUM or SET, and MariaDB shows defaults, in three-byte UTF-8: each character beyond
 * it, such as an emoji, as `?`. A table that is made like that would lose its values at the restore. What the rows hold,
 * and the value of the default, tell what the text is. `report` gets the members with a `?` that no row has.
 *
 * The statement has one character for each byte.
 */
export async function withFourByteTexts(
  session: Connection,
  shown: string,
  { table, report }: { readonly table: DumpTable; readonly report: (incompleteness: Incompleteness) => void },
): Promise<string> {
  let sql = shown;
  for (const column of table.columns) {
    const start = sql.indexOf(bytes(`\n  ${quoteIdentifier(column.name)} `)) + 1;
    const end = sql.indexOf('\n', start + bytes(quoteIdentifier(column.name)).length + 3);
    const line = sql.slice(start, end);
    if (start === 0 || !line.includes('?')) continue;
    const changed = await withDefault(
      session,
      await withMembers(session, line, { table, column, report }),
      table,
      column,
    );
    sql = sql.slice(0, start) + changed + sql.slice(end);
  }
  return sql;
}

interface OfColumn {
  readonly table: DumpTable;
  readonly column: DumpColumn;
  readonly report: (incompleteness: Incompleteness) => void;
}

async function withMembers(session: Connection, line: string, { table, column, report }: OfColumn): Promise<string> {
  const { name, dataType, columnType } = column;
  if (!/^(enum|set)$/.test(dataType) || !columnType.includes('?')) return line;
  const members = [...columnType.matchAll(/'((?:[^'\\]|''|\\.)*)'/gs)].map(([, text = '']) => text);
  const used = await usedMembers(session, table, column);
  const unknown = members.filter((text, at) => text.includes('?') && !used.has(at));
  if (unknown.length > 0) {
    report({
      what: `members of column ${JSON.stringify(name)} of table ${JSON.stringify(table.name)}`,
      why: `The server shows ${unknown.length} of them with a "?", which may stand for a character such as an emoji, and no row has them. In the backup it is a "?".`,
      remedy: 'Compare these members after a restore, or remove them at the source.',
    });
  }
  const known = members.map((text, at) => {
    const found = used.get(at);
    return found === undefined || !text.includes('?') ? text : shownLiteral(found);
  });
  const list = known.map((text) => `'${text}'`).join(',');
  return line.replace(bytes(` ${columnType}`), () => bytes(` ${dataType}(${list})`));
}

/** The members that the rows have, by their place in the type. */
async function usedMembers(
  session: Connection,
  table: DumpTable,
  { name, dataType }: DumpColumn,
): Promise<Map<number, string>> {
  const column = quoteIdentifier(name);
  const rows = await selectRows<{ number: string; hex: string }>(
    session,
    `SELECT DISTINCT CONVERT(CAST(${column} AS UNSIGNED), CHAR) AS number, HEX(CONVERT(${column} USING utf8mb4)) AS hex
     FROM ${quoteIdentifier(table.name)} ${table.selectSuffix ?? ''} WHERE ${column} + 0 > 0`,
  );
  const used = new Map<number, string>();
  for (const { number, hex } of rows) {
    const text = Buffer.from(hex, 'hex').toString('utf8');
    if (dataType === 'enum') used.set(Number(number) - 1, text);
    else {
      const places = Array.from(BigInt(number).toString(2))
        .reverse()
        .flatMap((bit, at) => (bit === '1' ? [at] : []));
      // A member of a SET has no comma. The server writes none after an empty member that comes first.
      const texts = text.split(',');
      const named = places.slice(places.length - texts.length);
      texts.forEach((member, index) => used.set(named[index] ?? -1, member));
    }
  }
  return used;
}

const DEFAULT = / DEFAULT '((?:[^'\\]|''|\\.)*)'/s;

async function withDefault(session: Connection, line: string, table: DumpTable, { name }: DumpColumn): Promise<string> {
  const [clause = '', text = ''] = DEFAULT.exec(line) ?? [];
  if (!text.includes('?')) return line;
  // The join gives a row where the table has none.
  const [row] = await selectRows<{ hex: string | null }>(
    session,
    `SELECT HEX(CONVERT(DEFAULT(${quoteIdentifier(name)}) USING utf8mb4)) AS hex
     FROM ${quoteIdentifier(table.name)} RIGHT JOIN (SELECT 1) AS one ON FALSE LIMIT 1`,
  );
  const hex = row?.hex;
  if (typeof hex !== 'string') return line;
  return line.replace(clause, () => bytes(` DEFAULT '${shownLiteral(Buffer.from(hex, 'hex').toString('utf8'))}'`));
}

function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
