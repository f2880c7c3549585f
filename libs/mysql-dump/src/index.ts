export type { DumpColumn, DumpTable } from './dump-table.ts';
