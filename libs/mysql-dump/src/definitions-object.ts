import { sqlFile } from './definitions/sql-file.ts';
import type { Statement } from './definitions/statement.ts';
import { compressBlock } from './thread/compress-block.ts';

/** A range of an object's bytes: whole zstd frames. */
export interface ObjectPart {
  readonly object: string;
  /** Bytes of the object before this part. */
  readonly offset: number;
  readonly storedBytes: number;
  /** Before compression. */
  readonly bytes: number;
}

/**
 * An object with definitions. Each table is a frame of its own, so that one table can be restored from a few ranges of
 * bytes: the session, the table, and the end of the file.
 */
export class DefinitionsObject implements AsyncIterable<Uint8Array> {
  readonly #key: string;
  readonly #statements: AsyncIterable<Statement>;
  readonly #tables = new Map<string, ObjectPart>();
  #frame: Uint8Array[] = [];
  #start: ObjectPart | undefined;
  #end: ObjectPart | undefined;
  #bytes = 0;
  #storedBytes = 0;
  #longestStatementBytes = 0;

  constructor(key: string, statements: AsyncIterable<Statement>) {
    this.#key = key;
    this.#statements = statements;
  }

  /** Before compression. */
  get bytes(): number {
    return this.#bytes;
  }

  get longestStatementBytes(): number {
    return this.#longestStatementBytes;
  }

  /** What makes one table, in order; nothing of a table that is not here. */
  partsOf(table: string): ObjectPart[] {
    const part = this.#tables.get(table);
    return part === undefined || !this.#start || !this.#end ? [] : [this.#start, part, this.#end];
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    let open: string | undefined;
    for await (const { sql, table } of sqlFile(this.#statements)) {
      this.#longestStatementBytes = Math.max(this.#longestStatementBytes, sql.length);
      if (table !== open) {
        const before = this.#endFrame(open);
        if (before) yield before;
        open = table;
      }
      this.#frame.push(sql);
      // The session alone: what else precedes the tables, such as the defaults of the database, is not for one table.
      if (this.#start !== undefined) continue;
      const start = this.#compress();
      this.#start = start?.part;
      if (start) yield start.frame;
    }
    const end = this.#compress();
    if (!end) return;
    this.#end = end.part;
    yield end.frame;
  }

  #endFrame(table: string | undefined): Uint8Array | undefined {
    const ended = this.#compress();
    if (ended && table !== undefined) this.#tables.set(table, ended.part);
    return ended?.frame;
  }

  #compress(): { frame: Uint8Array; part: ObjectPart } | undefined {
    if (this.#frame.length === 0) return undefined;
    const sql = Buffer.concat(this.#frame);
    const frame = compressBlock(sql);
    const part = { object: this.#key, offset: this.#storedBytes, storedBytes: frame.length, bytes: sql.length };
    this.#frame = [];
    this.#bytes += sql.length;
    this.#storedBytes += frame.length;
    return { frame, part };
  }
}
