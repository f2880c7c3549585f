import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { DumpColumn, DumpTable } from '../dump-table.ts';
import { readRawRows } from '../rows/raw-rows.ts';
import { lengthBytes } from '../rows/length-encoded.ts';

const INTEGERS = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint']);

/** Keys that are walked: their values compare in one way only, and can be written as a literal. */
const BYTE_KEYS = new Set(['char', 'varchar', 'binary', 'varbinary']);
const TEXT_KEYS = new Set(['date', 'datetime', 'timestamp', 'time', 'decimal']);

/**
 * The conditions of a table's chunks, of about `chunkRows` rows each; together they hold for every row exactly once,
 * whatever the server estimates. `undefined` is the condition of a table that stays whole.
 */
export async function planChunks(
  session: Connection,
  table: DumpTable,
  chunkRows: number,
): Promise<(string | undefined)[]> {
  const [first = ''] = table.primaryKey;
  const key = table.columns.find(({ name }) => name === first);
  if (key === undefined || table.engine !== 'InnoDB' || table.selectSuffix !== undefined) return [undefined];
  if (INTEGERS.has(key.dataType)) return conditions(key, await integerBounds(session, table, key, chunkRows), '>=');
  if (BYTE_KEYS.has(key.dataType) || TEXT_KEYS.has(key.dataType)) {
    return conditions(key, await walkedBounds(session, table, key, chunkRows), '>');
  }
  return [undefined];
}

/** Between each two bounds, and everything before the first and after the last. */
function conditions({ name }: DumpColumn, bounds: readonly string[], from: '>' | '>='): (string | undefined)[] {
  if (bounds.length === 0) return [undefined];
  const column = quoteIdentifier(name);
  const to = from === '>' ? '<=' : '<';
  return [undefined, ...bounds].map((bound, index) => {
    const next = bounds[index];
    const above = bound === undefined ? [] : [`${column} ${from} ${bound}`];
    const below = next === undefined ? [] : [`${column} ${to} ${next}`];
    return [...above, ...below].join(' AND ');
  });
}

/** Halves the range of values until the server estimates few enough rows in each part: holes end in one part. */
async function integerBounds(
  session: Connection,
  table: DumpTable,
  { name }: DumpColumn,
  chunkRows: number,
): Promise<string[]> {
  const column = quoteIdentifier(name);
  // FORCE INDEX would make MySQL estimate nothing, and say 1 row.
  const from = `FROM ${quoteIdentifier(table.name)} USE INDEX (PRIMARY)`;
  const [[ends]] = await session.query<RowDataPacket[]>(
    `SELECT CAST(MIN(${column}) AS CHAR) AS least, CAST(MAX(${column}) AS CHAR) AS most ${from}`,
  );
  if (typeof ends?.['least'] !== 'string' || typeof ends['most'] !== 'string') return [];
  const estimate = async (low: bigint, high: bigint): Promise<number> => {
    const [rows] = await session.query<RowDataPacket[]>(
      `EXPLAIN FORMAT=TRADITIONAL SELECT 1 ${from} WHERE ${column} >= ${low} AND ${column} < ${high}`,
    );
    return rows.reduce((sum, row) => sum + Number(row['rows'] ?? 0), 0);
  };
  const bounds: string[] = [];
  const halve = async (low: bigint, high: bigint, rows: number): Promise<void> => {
    const middle = low + (high - low) / 2n;
    if (rows <= chunkRows || middle <= low) return;
    const [lower, upper] = [await estimate(low, middle), await estimate(middle, high)];
    await halve(low, middle, lower);
    // A half that is as good as empty becomes no chunk of its own.
    if (lower > chunkRows / 8) bounds.push(String(middle));
    await halve(middle, high, upper);
  };
  await halve(BigInt(ends['least']), BigInt(ends['most']) + 1n, Math.max(table.estimatedRows, chunkRows + 1));
  return bounds;
}

/** Every so many rows, the key's value. A value of a key's first column may stand in many rows, all of one chunk. */
async function walkedBounds(
  session: Connection,
  table: DumpTable,
  key: DumpColumn,
  chunkRows: number,
): Promise<string[]> {
  const column = quoteIdentifier(key.name);
  const bounds: string[] = [];
  for (let last: string | undefined; ;) {
    const rest = last === undefined ? '' : `WHERE ${column} > ${last} `;
    let found: Buffer | undefined;
    await readRawRows(
      session,
      `SELECT ${column} FROM ${quoteIdentifier(table.name)} FORCE INDEX (PRIMARY) ${rest}ORDER BY ${column} ` +
        `LIMIT ${Math.max(1, Math.round(chunkRows))}, 1`,
      (buffer, start, end) => {
        found = Buffer.from(buffer.subarray(start + lengthBytes(buffer[start] ?? 0), end));
      },
    );
    if (found === undefined) return bounds;
    last = keyLiteral(key, found);
    bounds.push(last);
  }
}

/** In the column's own character set, so that it compares as the column's values do among each other. */
function keyLiteral({ dataType, characterSet }: DumpColumn, value: Buffer): string {
  if (TEXT_KEYS.has(dataType)) return `'${value.toString('latin1')}'`;
  // In quotes, a value without bytes is a literal, too.
  return `_${characterSet ?? 'binary'} X'${value.toString('hex')}'`;
}
