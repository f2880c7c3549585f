import { escapeId } from 'mysql2';
import type { Connection } from 'mysql2/promise';
import { BIG_TABLES, type BigTable } from './big-tables.ts';
import type { DatabaseServer } from '../databases/database-server.ts';
import { repeatableRandomNumbers } from './random-numbers.ts';

/** How big the database should be, and its name. */
export interface BigDatabaseOptions {
  /** About so many million bytes of dump text. */
  readonly megabytes: number;
  /** @default benchmark */
  readonly name?: string;
  /** @default a mix as business databases have it */
  readonly tables?: readonly BigTable[];
}

/** Rows before this many bytes are all different; copies further apart than a compressor remembers cost it the same. */
const DISTINCT_BYTES = 16_000_000;

const ROWS_PER_INSERT = 1000;

/** Makes a database for benchmarks: the same rows at every call, copied by the server until they are enough. */
export async function createBigDatabase(
  server: DatabaseServer,
  { megabytes, name = 'benchmark', tables = BIG_TABLES }: BigDatabaseOptions,
): Promise<void> {
  await server.query(`CREATE DATABASE ${escapeId(name, true)} CHARACTER SET utf8mb4`);
  const connection = await server.connect(name);
  try {
    for (const table of tables) await fillTable(connection, table, megabytes * 1e6 * table.share);
  } finally {
    await connection.end();
  }
}

async function fillTable(connection: Connection, table: BigTable, bytes: number): Promise<void> {
  const rows = Math.ceil(bytes / table.bytesPerRow);
  const distinctRows = Math.min(rows, Math.ceil((DISTINCT_BYTES * table.share) / table.bytesPerRow));
  const definitions = Object.entries(table.columns).map(([column, definition]) => `${column} ${definition}`);
  await connection.query(
    `CREATE TABLE ${table.name} (id INT UNSIGNED NOT NULL PRIMARY KEY, ${definitions.join(', ')})`,
  );
  await connection.query(`CREATE TEMPORARY TABLE distinct_rows LIKE ${table.name}`);
  await insertDistinctRows(connection, table, distinctRows);
  const columns = Object.keys(table.columns).join(', ');
  for (let copied = 0; copied < rows; copied += distinctRows) {
    const copy = `SELECT id + ${copied}, ${columns} FROM distinct_rows WHERE id <= ${rows - copied}`;
    await connection.query(`INSERT INTO ${table.name} ${copy}`);
  }
  await connection.query('DROP TEMPORARY TABLE distinct_rows');
}

async function insertDistinctRows(connection: Connection, table: BigTable, rows: number): Promise<void> {
  const random = repeatableRandomNumbers();
  for (let first = 1; first <= rows; first += ROWS_PER_INSERT) {
    const count = Math.min(ROWS_PER_INSERT, rows + 1 - first);
    const batch = Array.from({ length: count }, (_, index) => [first + index, ...table.row(random)]);
    await connection.query('INSERT INTO distinct_rows VALUES ?', [batch]);
  }
}
