import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { MadeObject } from './statement.ts';

/** What SHOW CREATE says of an object. */
export interface Definition {
  /** The statement as the server keeps it, in no common character set: parts are UTF-8, parts are its author's. */
  readonly sql: Buffer;
  /** Undefined for a table. */
  readonly characterSetClient: string | undefined;
  readonly collationConnection: string | undefined;
  readonly databaseCollation: string | undefined;
  readonly sqlMode: string | undefined;
  /** Of an event. */
  readonly timeZone: string | undefined;
}

const STATEMENT_COLUMN = /^(Create .*|SQL Original Statement)$/i;

/**
 * Asks the server how the object is made. The answer is taken as the bytes that the server keeps: converted to UTF-8,
 * parts of it would be converted twice. Undefined where the server keeps the statement back, for want of rights.
 */
export async function showCreate(session: Connection, { kind, name }: MadeObject): Promise<Definition | undefined> {
  await session.query('SET character_set_results = NULL');
  try {
    const [[row]] = await session.query<RowDataPacket[]>({
      sql: `SHOW CREATE ${kind} ${quoteIdentifier(name)}`,
      typeCast: (field: { buffer(): Buffer | null }) => field.buffer(),
    });
    const columns = Object.entries((row ?? {}) as Record<string, Buffer | null>);
    const text = (name: string): string | undefined =>
      columns.find(([column]) => column.toLowerCase() === name)?.[1]?.toString('utf8');
    const sql = columns.find(([column]) => STATEMENT_COLUMN.test(column))?.[1];
    if (!sql) return undefined;
    return {
      // The driver's buffer is a part of the packet's.
      sql: Buffer.from(sql),
      characterSetClient: text('character_set_client'),
      collationConnection: text('collation_connection'),
      databaseCollation: text('database collation'),
      sqlMode: text('sql_mode'),
      timeZone: text('time_zone'),
    };
  } finally {
    await session.query('SET character_set_results = utf8mb4');
  }
}
