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
    for await (const { sql, makes } of sqlFile(this.#statements)) {
      this.#longestStatementBytes = Math.max(this.#longestStatementBytes, sql.length);
      // The session alone: what else precedes the tables, such as the defaults of the database, is not for one table.
      const isStart = this.#start === undefined;
      if (makes?.kind !== 'TABLE' && !isStart) {
        this.#frame.push(sql);
        continue;
      }
      const before = this.#compress();
      if (before) yield before.frame;
      this.#frame.push(sql);
      const table = this.#compress();
      if (!table) continue;
      if (makes) this.#tables.set(makes.name, table.part);
      else this.#start = table.part;
      yield table.frame;
    }
    const end = this.#compress();
    if (!end) return;
    this.#end = end.part;
    yield end.frame;
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
