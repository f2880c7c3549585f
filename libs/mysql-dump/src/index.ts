export { planChunks } from './chunks/plan-chunks.ts';
export { tellingConnectionsNeeded } from './connections-needed.ts';
export { withDefiner, type DefinerRule } from './definitions/definer.ts';
export { scanSql, unquoted, type SqlDialect, type SqlToken } from './definitions/scan-sql.ts';
export { sqlFile } from './definitions/sql-file.ts';
export { decode } from './definitions/transcode.ts';
export {
  dumpDatabase,
  OBJECTS_OBJECT,
  TABLES_OBJECT,
  type DatabaseDump,
  type DumpDatabaseOptions,
} from './dump-database.ts';
export type { DumpTable } from './dump-table.ts';
export { readRights, type AccountRights } from './inventory/account-rights.ts';
export { readDatabaseName } from './inventory/database-name.ts';
export type { Incompleteness } from './inventory/incompleteness.ts';
export { dumpTables, type Inventory } from './inventory/inventory.ts';
export { readInventory } from './inventory/read-inventory.ts';
export { readEvents, readRoutines, readTriggers } from './inventory/read-programs.ts';
export { readTables } from './inventory/read-tables.ts';
export { selectRows } from './inventory/select-rows.ts';
export { readFlavor, type ServerFlavor } from './inventory/server-flavor.ts';
export { manifestOfDump } from './manifest-of-dump.ts';
export { readSums } from './rows/read-sums.ts';
export { RowChecksum, sumsOf, type RowSums } from './rows/row-checksum.ts';
export { ROWS_SESSION } from './rows/rows-session.ts';
export { serveDumpThread } from './thread/serve-dump-thread.ts';
export type { RowsProgress } from './whole-estimate.ts';
