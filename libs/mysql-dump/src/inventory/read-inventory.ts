import type { Connection } from 'mysql2/promise';
import type { DatabaseDefaults, Inventory, InventoryTable } from './inventory.ts';
import { readEvents, readRoutines, readTriggers } from './read-programs.ts';
import {
  readColumns,
  readForeignKeys,
  readPrimaryKeys,
  readTables,
  type ListedColumn,
  type ListedTable,
} from './read-tables.ts';
import { selectRows } from './select-rows.ts';
import { readFlavor } from './server-flavor.ts';
import { passes, type TableFilter } from './table-filter.ts';

/**
 * What the session reads must be true and whole: MySQL otherwise tells sizes of a day ago and may hide the primary keys
 * that it generates.
 */
const MYSQL_SETTINGS =
  'SET SESSION information_schema_stats_expiry = 0 /*!80030 , show_gipk_in_create_table_and_information_schema = ON */';

/**
 * Lists what the database holds, in as many statements whatever its size. The session comes from `connect`, has the
 * database as its default, and keeps what is set here.
 */
export async function readInventory(
  session: Connection,
  database: string,
  filter: TableFilter = {},
): Promise<Inventory> {
  const flavor = await readFlavor(session);
  if (flavor === 'mysql') await session.query(MYSQL_SETTINGS);
  const listed = await readTables(session, database);
  const columns = await readColumns(session, database);
  const primaryKeys = await readPrimaryKeys(session, database);
  const foreignKeys = await readForeignKeys(session, database);
  const isTable = ({ type }: ListedTable): boolean => type !== 'VIEW' && type !== 'SEQUENCE';
  const chosen = listed.filter(({ name }) => passes(filter, name));
  const tables = chosen.filter(isTable).map((table) => ({
    ...toTable(table, columns.get(table.name) ?? [], primaryKeys.get(table.name) ?? []),
    foreignKeys: foreignKeys.get(table.name) ?? [],
    isLax: isLax(table),
  }));
  const names = new Set(tables.map(({ name }) => name));
  return {
    database,
    flavor,
    defaults: await readDefaults(session, database),
    tables,
    sequences: chosen.filter(({ type }) => type === 'SEQUENCE').map(({ name }) => name),
    views: chosen.filter(({ type }) => type === 'VIEW').map(({ name }) => ({ name })),
    routines: await readRoutines(session, database),
    triggers: (await readTriggers(session, database)).filter(({ table }) => names.has(table)),
    events: await readEvents(session, database),
    incomplete: [],
  };
}

async function readDefaults(session: Connection, database: string): Promise<DatabaseDefaults> {
  // "*" because only MariaDB has a column for the comment, and only in newer versions.
  const rows = await selectRows<Record<string, string>>(
    session,
    'SELECT * FROM information_schema.schemata WHERE schema_name = ?',
    [database],
  );
  const row = rows.find(({ SCHEMA_NAME }) => SCHEMA_NAME === database) ?? {};
  return {
    characterSet: row['DEFAULT_CHARACTER_SET_NAME'] ?? 'utf8mb4',
    collation: row['DEFAULT_COLLATION_NAME'] ?? 'utf8mb4_general_ci',
    comment: row['SCHEMA_COMMENT'] ?? '',
  };
}

/** The options of a table that it does not have as they were asked for. */
function isLax({ engine, createOptions, rowFormat }: ListedTable): boolean {
  if (engine !== 'InnoDB') return false;
  const [, asked] = /row_format=(\w+)/i.exec(createOptions) ?? [];
  const differs = asked !== undefined && asked.toLowerCase() !== rowFormat.toLowerCase();
  return differs || (/key_block_size=/i.test(createOptions) && rowFormat.toLowerCase() !== 'compressed');
}

function toTable(
  table: ListedTable,
  columns: readonly ListedColumn[],
  primaryKey: readonly string[],
): Omit<InventoryTable, 'foreignKeys' | 'isLax'> {
  const { name, estimatedRows, estimatedBytes } = table;
  const engine = table.engine ?? '';
  const dumped = columns
    .filter(({ generated }) => !generated)
    .map((column) => ({
      name: column.name,
      dataType: column.dataType,
      columnType: column.columnType,
      characterSet: column.characterSet,
      nullable: column.nullable,
    }));
  return { name, engine, rows: { name, engine, columns: dumped, primaryKey, estimatedRows, estimatedBytes } };
}
