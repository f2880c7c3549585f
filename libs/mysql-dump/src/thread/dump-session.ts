import { connect, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import { planChunks } from '../chunks/plan-chunks.ts';
import type { DumpTable } from '../dump-table.ts';
import { readError } from '../errors.ts';
import { chunkStatements } from '../rows/chunk-statements.ts';
import { readRawRows } from '../rows/raw-rows.ts';
import { RowChecksum } from '../rows/row-checksum.ts';
import { RowWriter } from '../rows/row-writer.ts';
import { compressBlock } from './compress-block.ts';
import type { ChunkOrder, ChunkResult } from './messages.ts';

/** Takes a compressed piece; `bytes` before compression and `rows` say what is in it. */
export type OnPiece = (piece: Uint8Array<ArrayBuffer>, bytes: number, rows: number) => void;

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
    // Values arrive as the bytes that are stored, in whatever character set.
    await session.query('SET character_set_results = NULL');
    await session.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    return new DumpSession(connection, session, onPiece);
  }

  /** Opens the snapshot; a snapshot that is open already ends. */
  async begin(): Promise<void> {
    await this.#session.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
    await this.#session.query('SAVEPOINT nothing_read');
  }

  async plan(table: DumpTable, chunkRows: number): Promise<(string | undefined)[]> {
    return this.#reading(table, () => planChunks(this.#session, table, chunkRows));
  }

  async dump({ table, where }: ChunkOrder): Promise<ChunkResult> {
    return this.#reading(table, async () => {
      const { select, preamble, insertHead, forms } = chunkStatements(table, where);
      const writer = this.#writer;
      const checksum = (this.#checksum = new RowChecksum());
      this.#sentRows = 0;
      writer.begin(preamble, insertHead, forms);
      await readRawRows(this.#session, select, (buffer, start, end) => {
        checksum.row(buffer, start, end);
        writer.row(buffer, start, end);
      });
      return { ...checksum.sums(), ...writer.end() };
    });
  }

  close(): void {
    this.#session.destroy();
  }

  /** Lets go of the table afterwards: one that was read in a transaction would make ALTER wait for the whole dump. */
  async #reading<Result>(table: DumpTable, read: () => Promise<Result>): Promise<Result> {
    try {
      const result = await read();
      await this.#session.query('ROLLBACK TO SAVEPOINT nothing_read');
      return result;
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
