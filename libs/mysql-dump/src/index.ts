export type { DefinerRule } from './definitions/definer.ts';
export { tellingConnectionsNeeded } from './connections-needed.ts';
export { objectStatements, type ObjectOptions } from './definitions/object-statements.ts';
export { sessionPreamble } from './definitions/session-preamble.ts';
export { sqlFile } from './definitions/sql-file.ts';
export type { MadeObject, ObjectKind, Statement } from './definitions/statement.ts';
export { tableStatements } from './definitions/table-statements.ts';
export { dumpRows, type DumpRowsOptions, type RowsChunk, type RowsReport, type RowsTable } from './dump-rows.ts';
export type { DumpColumn, DumpTable } from './dump-table.ts';
export type { Incompleteness } from './inventory/incompleteness.ts';
export {
  dumpTables,
  type DatabaseDefaults,
  type Inventory,
  type InventoryEvent,
  type InventoryRoutine,
  type InventoryTable,
  type InventoryTrigger,
  type InventoryView,
  type RoutineKind,
} from './inventory/inventory.ts';
export { readInventory } from './inventory/read-inventory.ts';
export type { ServerFlavor } from './inventory/server-flavor.ts';
export type { TableFilter } from './inventory/table-filter.ts';
export type { RowsObject, Sink } from './objects/rows-objects.ts';
export { selectRows } from './rows/chunk-statements.ts';
export { readRawRows, type OnRow } from './rows/raw-rows.ts';
export { RowChecksum, type RowSums } from './rows/row-checksum.ts';
export type { ConsistencyMethod } from './snapshot/lock-methods.ts';
export type { SnapshotReport } from './snapshot/open-snapshot.ts';
export { changedTables, readTableStates, type TableStates } from './snapshot/table-states.ts';
export {
  dumpDatabase,
  type DatabaseDump,
  type DumpDatabaseOptions,
  type DumpedObject,
  type DumpedTable,
} from './dump-database.ts';
export type { ObjectPart } from './definitions-object.ts';
export { serveDumpThread } from './thread/serve-dump-thread.ts';
export type { RowsProgress } from './whole-estimate.ts';
