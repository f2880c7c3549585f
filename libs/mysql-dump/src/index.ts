export { tellingConnectionsNeeded } from './connections-needed.ts';
export { dumpDatabase, type DatabaseDump, type DumpDatabaseOptions } from './dump-database.ts';
export type { Incompleteness } from './inventory/incompleteness.ts';
export { dumpTables, type Inventory } from './inventory/inventory.ts';
export { readInventory } from './inventory/read-inventory.ts';
export { serveDumpThread } from './thread/serve-dump-thread.ts';
export type { RowsProgress } from './whole-estimate.ts';
