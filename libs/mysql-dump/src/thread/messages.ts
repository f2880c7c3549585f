import type { ErrorCode } from '@serverless-ops/job-schemas';
import type { DatabaseConnection } from '@serverless-ops/mysql-connect';
import type { DumpTable } from '../dump-table.ts';
import type { RowSums } from '../rows/row-checksum.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly connection: DatabaseConnection;
  /** One number: pieces that were sent and not yet taken. The thread sleeps while there are too many; see `NEVER_FULL`. */
  readonly untaken: SharedArrayBuffer;
}

/** As the number of pieces: the thread is to end, and sleeps no more. */
export const NEVER_FULL = -(2 ** 30);

/** A share of a table's rows, to be read by one thread at a stretch. */
export interface ChunkOrder {
  readonly table: DumpTable;
  /** @default all rows */
  readonly where?: string;
  /** Whether the result is to hold the table's definition: cheap here, while the server has the table open. */
  readonly withDefinition: boolean;
}

/** To the thread; it answers each with one {@link ThreadAnswer}, in that order. It ends at once at `end`. */
export type ThreadOrder =
  | { readonly type: 'begin' }
  | { readonly type: 'plan'; readonly table: DumpTable; readonly chunkRows: number }
  | { readonly type: 'dump'; readonly chunks: readonly ChunkOrder[] }
  | { readonly type: 'end' };

/** What came of one chunk. */
export interface ChunkResult extends RowSums {
  /** Before compression; 0 for a chunk without rows, which is not written at all. */
  readonly bytes: number;
  readonly longestStatementBytes: number;
  /** The table's CREATE statement as the server keeps it; see `Definition.sql`. */
  readonly definition?: Uint8Array;
}

export type ThreadMessage =
  /** A frame, or several, of the chunk in work. `bytes` is its length before compression, `rows` those in it. */
  | { readonly type: 'piece'; readonly piece: Uint8Array<ArrayBuffer>; readonly bytes: number; readonly rows: number }
  /** After the last piece of a chunk. */
  | { readonly type: 'chunk'; readonly result: ChunkResult }
  | ThreadAnswer;

export type ThreadAnswer =
  | { readonly type: 'done' }
  | { readonly type: 'planned'; readonly conditions: (string | undefined)[] }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly message: string };
