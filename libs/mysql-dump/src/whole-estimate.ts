import type { DumpTable } from './dump-table.ts';

/** What is dumped so far, and of how much; the whole is unknown before anything is read. */
export interface RowsProgress {
  readonly rows: number;
  /** Before compression. */
  readonly bytes: number;
  /** An estimate, never below `rows`. */
  readonly ofRows?: number;
  /** An estimate, never below `bytes`. */
  readonly ofBytes?: number;
}

type EstimatedTable = Pick<DumpTable, 'name' | 'estimatedRows' | 'estimatedBytes'>;

interface StartedTable {
  readonly table: EstimatedTable;
  rows: number;
  chunksLeft: number;
}

/**
 * How much a dump is going to be, from the server's statistics and what has come so far. The server counts pages, with
 * the room in them, and a dump is text: how many bytes of it a table becomes is known by the tables that were read.
 */
export class WholeEstimate {
  readonly #dataBytes: number;
  readonly #waiting: Map<string, EstimatedTable>;
  #waitingRows: number;
  #waitingBytes: number;
  readonly #started = new Map<string, StartedTable>();
  #rows = 0;
  #bytes = 0;

  constructor(tables: readonly EstimatedTable[]) {
    this.#waiting = new Map(tables.map((table) => [table.name, table]));
    this.#waitingRows = tables.reduce((sum, { estimatedRows }) => sum + estimatedRows, 0);
    this.#dataBytes = tables.reduce((sum, { estimatedBytes }) => sum + estimatedBytes, 0);
    this.#waitingBytes = this.#dataBytes;
  }

  /** A table is read in so many chunks; without this call it is one. */
  cut(name: string, chunks: number): void {
    const started = this.#start(name);
    if (started) started.chunksLeft = chunks;
  }

  read(name: string, rows: number, bytes: number): void {
    this.#rows += rows;
    this.#bytes += bytes;
    const started = this.#start(name);
    if (started) started.rows += rows;
  }

  chunkEnded(name: string): void {
    const started = this.#start(name);
    if (started && --started.chunksLeft <= 0) this.#started.delete(name);
  }

  progress(): RowsProgress {
    const done = { rows: this.#rows, bytes: this.#bytes };
    let rowsLeft = this.#waitingRows;
    let dataLeft = this.#waitingBytes;
    for (const { table, rows } of this.#started.values()) {
      const left = Math.max(0, table.estimatedRows - rows);
      rowsLeft += left;
      if (left > 0) dataLeft += table.estimatedBytes * (left / table.estimatedRows);
    }
    const dataRead = this.#dataBytes - dataLeft;
    if (dataRead <= 0 || done.bytes === 0) return done;
    const bytesLeft = dataLeft * (done.bytes / dataRead);
    return { ...done, ofRows: done.rows + Math.round(rowsLeft), ofBytes: done.bytes + Math.round(bytesLeft) };
  }

  /** Undefined for a table that has ended. */
  #start(name: string): StartedTable | undefined {
    const table = this.#waiting.get(name);
    if (table !== undefined) {
      this.#waiting.delete(name);
      this.#waitingRows -= table.estimatedRows;
      this.#waitingBytes -= table.estimatedBytes;
      this.#started.set(name, { table, rows: 0, chunksLeft: 1 });
    }
    return this.#started.get(name);
  }
}
