import type { Connection } from 'mysql2/promise';
import type { DumpTable } from '../dump-table.ts';
import { chunkStatements } from './chunk-statements.ts';
import { readRawRows } from './raw-rows.ts';
import { RowChecksum, type RowSums } from './row-checksum.ts';

/**
 * Number and checksum of a table's rows, or of those that fulfil a condition, as a dump computes them. The session is set
 * up with {@link ROWS_SESSION}.
 */
export async function readSums(session: Connection, table: DumpTable, where?: string): Promise<RowSums> {
  const checksum = new RowChecksum();
  await readRawRows(session, chunkStatements(table, where).select, (buffer, start, end) => {
    checksum.row(buffer, start, end);
  });
  return checksum.sums();
}
