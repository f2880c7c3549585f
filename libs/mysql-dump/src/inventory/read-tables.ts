import type { Connection } from 'mysql2/promise';
import type { DumpColumn } from '../dump-table.ts';
import { selectRowsOf } from './select-rows.ts';

/** A row of information_schema.tables. */
export interface ListedTable {
  readonly name: string;
  /** `BASE TABLE`, `VIEW`; MariaDB's `SEQUENCE` and `SYSTEM VERSIONED` too. */
  readonly type: string;
  /** Null for a view, and for a table that the server cannot open. */
  readonly engine: string | null;
  readonly estimatedRows: number;
  readonly estimatedBytes: number;
  /** As it is, which may not be as it was asked for. */
  readonly rowFormat: string;
  readonly createOptions: string;
  /** Where the engine is null, the server's words why. */
  readonly comment: string;
}

/** A column of a table as the server lists it, generated ones among them. */
export interface ListedColumn extends DumpColumn {
  readonly table: string;
  /** True where no INSERT may name it. */
  readonly generated: boolean;
  /** Whether its values are stored, and so computed once only, when a row is written. */
  readonly stored: boolean;
  /** `ROW START` and `ROW END` name the period of a system-versioned table. */
  readonly generationExpression: string;
  readonly columnDefault: string | null;
}

const TABLES = `
  SELECT table_schema AS ofSchema, table_name AS name, table_type AS type, engine AS engine,
         COALESCE(table_rows, 0) AS estimatedRows, COALESCE(data_length, 0) AS estimatedBytes,
         COALESCE(create_options, '') AS createOptions, COALESCE(row_format, '') AS rowFormat, table_comment AS comment
  FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name`;

const COLUMNS = `
  SELECT table_schema AS ofSchema, table_name AS ofTable, column_name AS name, data_type AS dataType,
         column_type AS columnType, character_set_name AS characterSet, is_nullable AS nullable,
         extra AS extra, generation_expression AS generationExpression, column_default AS columnDefault
  FROM information_schema.columns WHERE table_schema = ? ORDER BY table_name, ordinal_position`;

const PRIMARY_KEYS = `
  SELECT table_schema AS ofSchema, table_name AS ofTable, column_name AS name, sub_part AS prefix
  FROM information_schema.statistics
  WHERE table_schema = ? AND index_name = 'PRIMARY' ORDER BY table_name, seq_in_index`;

/** MySQL cannot be kept from checking rows, as MariaDB can, and has keys on expressions. */
const EXPRESSIONS = `
  SELECT table_schema AS ofSchema, table_name AS name FROM information_schema.statistics
  WHERE table_schema = ? AND (FALSE /*!80013 OR expression IS NOT NULL */)
  UNION SELECT table_schema, table_name FROM information_schema.table_constraints
  WHERE table_schema = ? AND constraint_type = 'CHECK'`;

type Unsized = Omit<ListedTable, 'estimatedRows' | 'estimatedBytes'>;

/** Tables, views and sequences of the database, by name. */
export async function readTables(session: Connection, database: string): Promise<ListedTable[]> {
  const rows = await selectRowsOf<Unsized & Record<'estimatedRows' | 'estimatedBytes', unknown>>(
    session,
    database,
    TABLES,
  );
  return rows.map((row) => ({
    ...row,
    // The driver gives a big integer that a double cannot hold as text.
    estimatedRows: Number(row.estimatedRows),
    estimatedBytes: Number(row.estimatedBytes),
  }));
}

/** The columns of every table, in their order. */
export async function readColumns(session: Connection, database: string): Promise<Map<string, ListedColumn[]>> {
  const rows = await selectRowsOf<Record<string, string | null>>(session, database, COLUMNS);
  const columns = rows.map((row): ListedColumn => ({
    table: row['ofTable'] ?? '',
    name: row['name'] ?? '',
    dataType: (row['dataType'] ?? '').toLowerCase(),
    columnType: row['columnType'] ?? '',
    characterSet: row['characterSet'] ?? undefined,
    nullable: row['nullable'] === 'YES',
    generated: /\b(VIRTUAL|STORED|PERSISTENT) GENERATED\b|^(VIRTUAL|PERSISTENT)$/.test(row['extra'] ?? ''),
    stored: /\b(STORED|PERSISTENT)\b/.test(row['extra'] ?? ''),
    generationExpression: row['generationExpression'] ?? '',
    columnDefault: row['columnDefault'] ?? null,
  }));
  return Map.groupBy(columns, ({ table }) => table);
}

/**
 * The columns of the primary key of every table that has one, in the key's order; see `DumpTable.primaryKey` for keys that
 * are not among them.
 */
export async function readPrimaryKeys(session: Connection, database: string): Promise<Map<string, string[]>> {
  const rows = await selectRowsOf<{ ofTable: string; name: string; prefix: unknown }>(session, database, PRIMARY_KEYS);
  const keys = Map.groupBy(rows, ({ ofTable }) => ofTable);
  return new Map(
    [...keys]
      .filter(([, columns]) => columns.every(({ prefix }) => prefix === null))
      .map(([table, columns]) => [table, columns.map(({ name }) => name)]),
  );
}

/** The tables of MySQL that have a check, or an expression in a key. */
export async function readTablesWithExpressions(session: Connection, database: string): Promise<Set<string>> {
  const rows = await selectRowsOf<{ name: string }>(session, database, EXPRESSIONS);
  return new Set(rows.map(({ name }) => name));
}
