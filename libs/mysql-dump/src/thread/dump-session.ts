import { connect, translateMysqlError, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import { showCreate } from '../definitions/show-create.ts';
import { planChunks } from '../chunks/plan-chunks.ts';
import type { DumpTable } from '../dump-table.ts';
import { readError } from '../errors.ts';
import { chunkStatements } from '../rows/chunk-statements.ts';
import { readRawRows } from '../rows/raw-rows.ts';
import { RowChecksum } from '../rows/row-checksum.ts';
import { RowWriter } from '../rows/row-writer.ts';
import { ROWS_SESSION } from '../rows/rows-session.ts';
import { compressBlock } from './compress-block.ts';
import type { ChunkOrder, ChunkResult } from './messages.ts';

/** Takes a compressed piece; `bytes` before compression and `rows` say what is in it. */
export type OnPiece = (piece: Uint8Array<ArrayBuffer>, bytes: number, rows: number) => void;

/** A table that was read in a transaction makes ALTER wait; each is let go of after so long, small ones several at once. */
const HOLD_MS = 100;

/** One session of a dump: it reads chunks in its snapshot and makes frames of them. */
export class DumpSession {
  readonly #connection: DatabaseConnection;
  readonly #session: Connection;
  readonly #onPiece: OnPiece;
  readonly #writer = new RowWriter((block) => this.#onBlock(block));
  #checksum = new RowChecksum();
  #sentRows = 0;

  private constructor(connection: DatabaseConnection, session: Connection, onPiece: OnPiece) {
    this.#connection = connection;
    this.#session = session;
    this.#onPiece = onPiece;
  }

  static async open(connection: DatabaseConnection, onPiece: OnPiece): Promise<DumpSession> {
    const session = await connect(connection);
    await session.query(ROWS_SESSION);
    await session.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    return new DumpSession(connection, session, onPiece);
  }

  /** Opens the snapshot; a snapshot that is open already ends. */
  async begin(): Promise<void> {
    await this.#session.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
    await this.#session.query('SAVEPOINT nothing_read');
  }

  async plan(table: DumpTable, chunkRows: number): Promise<(string | undefined)[]> {
    const conditions = await this.#reading(table, () => planChunks(this.#session, table, chunkRows));
    await this.#letGo();
    return conditions;
  }

  /** Reads chunks one after the other; `onChunk` gets the result of each after its last piece. */
  async dump(chunks: readonly ChunkOrder[], onChunk: (result: ChunkResult) => void): Promise<void> {
    let heldSinceMs = performance.now();
    for (const chunk of chunks) {
      onChunk(await this.#reading(chunk.table, () => this.#dumpChunk(chunk)));
      if (performance.now() - heldSinceMs > HOLD_MS) {
        await this.#letGo();
        heldSinceMs = performance.now();
      }
    }
    await this.#letGo();
  }

  async #dumpChunk({ table, where, withDefinition }: ChunkOrder): Promise<ChunkResult> {
    const { select, preamble, insertHead, forms } = chunkStatements(table, where);
    const writer = this.#writer;
    const checksum = (this.#checksum = new RowChecksum());
    this.#sentRows = 0;
    writer.begin(preamble, insertHead, forms);
    await readRawRows(this.#session, select, (buffer, start, end) => {
      checksum.row(buffer, start, end);
      writer.row(buffer, start, end);
    });
    const result = { ...checksum.sums(), ...writer.end() };
    if (!withDefinition) return result;
    const { sql } = await showCreate(this.#session, { kind: 'TABLE', name: table.name });
    // A copy: a message that holds a part of Node's pool would take all of the pool along.
    return { ...result, definition: new Uint8Array(sql) };
  }

  async #letGo(): Promise<void> {
    await this.#session.query('ROLLBACK TO SAVEPOINT nothing_read').catch((error: unknown) => {
      throw translateMysqlError(error, this.#connection);
    });
  }

  async #reading<Result>(table: DumpTable, read: () => Promise<Result>): Promise<Result> {
    try {
      return await read();
    } catch (error) {
      throw readError(error, table.name, this.#connection);
    }
  }

  #onBlock(block: Buffer): void {
    const { rows } = this.#checksum;
    this.#onPiece(compressBlock(block), block.length, rows - this.#sentRows);
    this.#sentRows = rows;
  }
}
