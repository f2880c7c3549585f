import { escapeId, type RowDataPacket } from 'mysql2';
import type { Connection } from 'mysql2/promise';

/** What a table holds, whatever the order of its rows. */
export interface TableDigest {
  readonly rows: number;
  /** Equal exactly when the rows are, as far as 128 bits can tell. */
  readonly digest: string;
}

interface Column extends RowDataPacket {
  readonly name: string;
  readonly type: string;
  readonly expression: string;
}

const TYPE = 'SELECT table_type AS type FROM information_schema.tables WHERE table_schema = ? AND table_name = ?';

const COLUMNS = `
  SELECT column_name AS name, data_type AS type, generation_expression AS expression FROM information_schema.columns
  WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position`;

const SPATIAL = /^(geometry|point|linestring|polygon|multi.*|geom.*)$/;
const NUMBER_OR_TIME = /^(.*int|decimal|double|date|time|datetime|timestamp|year)$/;
/** By name they may be equal where by number they are not: the empty text is 0 where it was a wrong value. */
const NUMBERED = /^(enum|set)$/;
const LONG = /(blob|text|json)$/;

/**
 * Hashes every row on the server and adds the hashes up, which takes rows in any order and counts duplicates.
 * Generated and invisible columns count too, and the history of
 * a system-versioned table. The connection's time zone must be the same for tables compared.
 */
export async function digestTable(connection: Connection, schema: string, table: string): Promise<TableDigest> {
  const [columns] = await connection.query<Column[]>(COLUMNS, [schema, table]);
  const [[listed]] = await connection.query<RowDataPacket[]>(TYPE, [schema, table]);
  const isVersioned = listed?.['type'] === 'SYSTEM VERSIONED';
  // The period's columns are listed only where the table names them.
  const period =
    isVersioned && !columns.some(({ expression }) => expression === 'ROW START') ? ['ROW_START', 'ROW_END'] : [];
  const row = `SHA2(CONCAT_WS(',', ${[...columns.map(comparable), ...period].join(', ')}), 256)`;
  const [[sums]] = await connection.query<RowDataPacket[]>(
    `SELECT COUNT(*) AS total, COUNT(hash) AS hashed, ${hashSum(1)} AS sum1, ${hashSum(17)} AS sum2
     FROM (SELECT ${row} AS hash FROM ${escapeId(schema, true)}.${escapeId(table, true)}${isVersioned ? ' FOR SYSTEM_TIME ALL' : ''}) AS hashes`,
  );
  // A row whose text passes max_allowed_packet has no hash, and would otherwise go unnoticed.
  if (sums?.['total'] !== sums?.['hashed']) throw new Error(`Table ${table} has rows too long to be compared.`);
  return { rows: Number(sums?.['total']), digest: `${String(sums?.['sum1'])}-${String(sums?.['sum2'])}` };
}

/** A sum of 64 of the hash's bits; the server adds whole numbers up without overflow. */
function hashSum(position: number): string {
  return `SUM(CAST(CONV(SUBSTRING(hash, ${position}, 16), 16, 10) AS UNSIGNED))`;
}

/** The value as text without a comma; NULL as `N`, which none of them is. */
function comparable({ name, type }: Column): string {
  const column = escapeId(name, true);
  if (SPATIAL.test(type)) return `IFNULL(CONCAT(ST_SRID(${column}), ' ', HEX(ST_AsBinary(${column}))), 'N')`;
  // As text, the server rounds it to six digits; as a double it has all of them.
  if (type === 'float') return `IFNULL(${column} + 0e0, 'N')`;
  if (NUMBERED.test(type)) return `IFNULL(CONCAT(${column} + 0, ' ', HEX(${column})), 'N')`;
  if (NUMBER_OR_TIME.test(type)) return `IFNULL(${column}, 'N')`;
  return `IFNULL(${LONG.test(type) ? `SHA2(${column}, 256)` : `HEX(${column})`}, 'N')`;
}
