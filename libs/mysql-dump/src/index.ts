export type { DumpColumn, DumpTable } from './dump-table.ts';
export {
  dumpRows,
  type DumpRowsOptions,
  type RowsChunk,
  type RowsProgress,
  type RowsReport,
  type RowsTable,
} from './dump-rows.ts';
export type { RowsObject, Sink } from './objects/rows-objects.ts';
export { RowChecksum, type RowSums } from './rows/row-checksum.ts';
export { selectRows } from './rows/chunk-statements.ts';
export { readRawRows, type OnRow } from './rows/raw-rows.ts';
export type { ConsistencyMethod } from './snapshot/lock-methods.ts';
export type { SnapshotReport } from './snapshot/open-snapshot.ts';
export { changedTables, readTableStates, type TableStates } from './snapshot/table-states.ts';
