import { abandon, connect, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import type { Definition } from '../backup/definitions.ts';
import { sendStatement } from './send-statement.ts';

/** Index builds of large tables take longer than any other statement, and the server says nothing meanwhile. */
const SILENT_SECONDS = 12 * 3600;

/** The server ends a session of ours after 10 idle minutes. */
const IDLE_SECONDS = 8 * 3600;

/** One session of a restore. What sets it up is sent once for as long as it stays the same. */
export class LoadSession {
  readonly session: Connection;
  #setup = '';

  private constructor(session: Connection) {
    this.session = session;
  }

  static async open(connection: DatabaseConnection): Promise<LoadSession> {
    return new LoadSession(
      await connect({ ...connection, silentSeconds: SILENT_SECONDS }, { idleSeconds: IDLE_SECONDS }),
    );
  }

  /** Sends statements that set the session up, unless they were the last that did. */
  async setUp(statements: readonly Uint8Array[]): Promise<void> {
    const setup = statements.map((sql) => Buffer.from(sql).toString('latin1')).join('\n');
    if (setup === this.#setup) return;
    this.#setup = '';
    for (const sql of statements) await sendStatement(this.session, [sql]);
    this.#setup = setup;
  }

  /** Runs a definition in the session that it needs. */
  async define(preamble: readonly Uint8Array[], { before, create, after }: Definition): Promise<void> {
    await this.setUp(preamble);
    if (before.length > 0) this.#setup = '';
    for (const sql of [...before, create, ...after]) await sendStatement(this.session, [sql]);
  }

  async run(sql: string): Promise<void> {
    await sendStatement(this.session, [Buffer.from(sql)]);
  }

  async send(sql: Uint8Array): Promise<void> {
    await sendStatement(this.session, [sql]);
  }

  /** Ends the session at once, whatever it is doing. */
  close(): void {
    abandon(this.session);
  }
}
