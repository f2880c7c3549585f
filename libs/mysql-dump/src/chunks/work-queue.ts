import type { DumpTable } from '../dump-table.ts';
import type { ChunkOrder } from '../thread/messages.ts';

/** What a thread is given to do next. */
export type Work =
  | { readonly type: 'plan'; readonly table: DumpTable; readonly chunkRows: number }
  | { readonly type: 'dump'; readonly chunks: readonly ChunkOrder[] };

const MIB = 1024 ** 2;
const CHUNK_BYTES = 32 * MIB;
/** A manifest names every chunk. */
const MAX_CHUNKS = 1000;
/** Statistics that are out of date may say that a table of millions of rows has none: it is not cut into single rows. */
const MIN_CHUNK_ROWS = 100;
/** A table this much larger than a chunk is cut. */
const CUT_FROM_CHUNKS = 1.5;

/** Small tables go to a thread by the handful: an order of its own for each would cost more than its rows. */
const BATCH_BYTES = 2 * MIB;
const BATCH_TABLES = 64;
/** A table with nothing in it takes a query, too; it is also what InnoDB takes for one at least. */
const MIN_TABLE_BYTES = 16 * 1024;

/** By the server's estimate; it decides about order and sizes alone, never about what is read. */
export function estimatedBytes({ estimatedBytes: bytes }: DumpTable): number {
  return Math.max(bytes, MIN_TABLE_BYTES);
}

/** What there is to do, the biggest tables first: the threads then end at the same time. */
export class WorkQueue {
  readonly #whole: DumpTable[];
  readonly #toPlan: Work[];
  readonly #chunks: ChunkOrder[] = [];
  #planning = 0;
  #waiting: (() => void)[] = [];

  constructor(tables: readonly DumpTable[], chunkBytes?: number) {
    const total = tables.reduce((sum, table) => sum + estimatedBytes(table), 0);
    const size = chunkBytes ?? Math.max(CHUNK_BYTES, total / MAX_CHUNKS);
    const minRows = chunkBytes === undefined ? MIN_CHUNK_ROWS : 1;
    const sorted = tables.toSorted((a, b) => estimatedBytes(b) - estimatedBytes(a));
    const isCut = (table: DumpTable): boolean => table.estimatedBytes > size * CUT_FROM_CHUNKS;
    this.#toPlan = sorted.filter(isCut).map((table) => {
      const chunkRows = Math.max(minRows, (table.estimatedRows * size) / table.estimatedBytes);
      return { type: 'plan', table, chunkRows };
    });
    this.#whole = sorted.filter((table) => !isCut(table));
  }

  /** The next work; undefined at the end. While another thread still plans, it waits for what comes of it. */
  async next(): Promise<Work | undefined> {
    for (;;) {
      const plan = this.#toPlan.shift();
      if (plan !== undefined) {
        this.#planning++;
        return plan;
      }
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) return { type: 'dump', chunks: [chunk] };
      if (this.#whole.length > 0)
        return { type: 'dump', chunks: this.#batch().map((table) => ({ table, withDefinition: true })) };
      if (this.#planning === 0) return undefined;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** What came of a plan. */
  planned(table: DumpTable, conditions: readonly (string | undefined)[]): void {
    this.#planning--;
    this.#chunks.push(
      ...conditions.map((where, index) => ({
        table,
        ...(where !== undefined && { where }),
        withDefinition: index === 0,
      })),
    );
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  #batch(): DumpTable[] {
    let bytes = 0;
    const beyond = this.#whole.findIndex((table, index) => {
      bytes += estimatedBytes(table);
      return index > 0 && (bytes > BATCH_BYTES || index >= BATCH_TABLES);
    });
    return this.#whole.splice(0, beyond === -1 ? this.#whole.length : beyond);
  }
}
