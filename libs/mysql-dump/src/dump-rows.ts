import { availableParallelism } from 'node:os';
import { connect, translateMysqlError, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import { RowsDump } from './rows-dump.ts';
import type { DumpTable } from './dump-table.ts';
import type { RowsObject, Sink } from './objects/rows-objects.ts';
import type { SnapshotReport } from './snapshot/open-snapshot.ts';
import { readTableStates, type TableStates } from './snapshot/table-states.ts';
import type { RowsProgress } from './whole-estimate.ts';

export interface DumpRowsOptions {
  readonly connection: DatabaseConnection;
  readonly tables: readonly DumpTable[];
  /** Stores an object under its name within the backup: `2-rows-00001.sql.zst`. */
  readonly sink: Sink;
  /** Ends the dump at once; its reason is what is thrown. */
  readonly signal: AbortSignal;
  /**
   * From before `tables` was read, by {@link readTableStates}: then nothing can have changed between the definitions and
   * the rows.
   * @default from the beginning of the call
   */
  readonly states?: TableStates;
  /**
   * Whether a table of this name would belong to the dump; one that is made while the snapshot is opened ends the dump.
   * @default every table
   */
  readonly isDumped?: (table: string) => boolean;
  /** How many sessions and threads read at once. @default as many as there are cores */
  readonly parallelism?: number;
  /** Called with what is done so far. */
  readonly onProgress?: (progress: RowsProgress) => void;
  /** An object that has reached this length takes no further chunk. @default 512 MiB */
  readonly objectBytes?: number;
  /** Size of a chunk by the server's estimate. @default 32 MiB, or more where there would be over 1,000 chunks */
  readonly chunkBytes?: number;
}

/** A share of a table's rows within the backup; it is SQL that can be loaded by itself. */
export interface RowsChunk {
  readonly table: string;
  readonly object: string;
  /** Of the chunk's first byte in the object. The chunk is whole zstd frames. */
  readonly offset: number;
  readonly storedBytes: number;
  /** Before compression. */
  readonly bytes: number;
  readonly rows: number;
  /** See `RowChecksum`: those of a table's chunks add up to the table's. */
  readonly checksum: string;
}

export interface RowsTable {
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
  readonly checksum: string;
}

export interface RowsReport {
  readonly snapshot: SnapshotReport;
  /** In the order of their names. */
  readonly objects: readonly RowsObject[];
  /** In the order of the objects and offsets; a table without rows has none. */
  readonly chunks: readonly RowsChunk[];
  /** In the order of the tables that were asked for. */
  readonly tables: readonly RowsTable[];
  /** The CREATE statement of each table as the server keeps it; see `Definition.sql`. */
  readonly definitions: ReadonlyMap<string, Uint8Array>;
  readonly rows: number;
  readonly bytes: number;
  readonly storedBytes: number;
  /** What `max_allowed_packet` must be at the restore, at least. */
  readonly longestStatementBytes: number;
}

const OBJECT_BYTES = 512 * 1024 ** 2;

/**
 * Reads the rows of tables in one consistent state, with several sessions at once, and stores them as SQL in zstd
 * frames. On an error or an abort nothing is left running: no thread, no session, no lock, and no object half stored.
 *
 * Throws JobError DatabaseBusy when definitions changed meanwhile, those of
 * `translateMysqlError`, what the sink throws, and the signal's reason.
 */
export async function dumpRows(options: DumpRowsOptions): Promise<RowsReport> {
  const { connection, tables, signal, parallelism = availableParallelism(), objectBytes = OBJECT_BYTES } = options;
  signal.throwIfAborted();
  const states = options.states ?? (await statesNow(connection));
  const dump = new RowsDump({ ...options, tables, states, parallelism, objectBytes });
  return dump.run();
}

async function statesNow(connection: DatabaseConnection): Promise<TableStates> {
  const session = await connect(connection);
  try {
    return await readTableStates(session);
  } catch (error) {
    throw translateMysqlError(error, connection);
  } finally {
    session.destroy();
  }
}
