import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { missingDefinition } from './missing-definition.ts';
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
 * The bytes that the server keeps come as they are while `use` runs: converted to UTF-8, parts of a definition would be
 * converted twice. Another statement that gets text of information_schema is decoded as ever.
 */
export async function* withRawResults<T>(session: Connection, use: () => AsyncIterable<T>): AsyncGenerator<T> {
  await session.query('SET character_set_results = NULL');
  try {
    yield* use();
  } finally {
    await session.query('SET character_set_results = utf8mb4');
  }
}

/**
 * Asks the server how the object is made, in a session that {@link withRawResults} has set up. Throws a JobError where
 * the server shows no statement, and what the driver says where the object is gone or cannot be opened.
 */
export async function showCreate(session: Connection, makes: MadeObject): Promise<Definition> {
  const [[row]] = await session.query<RowDataPacket[]>({
    sql: `SHOW CREATE ${makes.kind} ${quoteIdentifier(makes.name)}`,
    typeCast: (field: { buffer(): Buffer | null }) => field.buffer(),
  });
  const columns = Object.entries<Buffer | null>(row ?? {});
  const text = (name: string): string | undefined =>
    columns.find(([column]) => column.toLowerCase() === name)?.[1]?.toString('utf8');
  const sql = columns.find(([column]) => STATEMENT_COLUMN.test(column))?.[1];
  if (!sql) throw missingDefinition(makes);
  return {
    // The driver's buffer is a part of the packet's.
    sql: Buffer.from(sql),
    characterSetClient: text('character_set_client'),
    collationConnection: text('collation_connection'),
    databaseCollation: text('database collation'),
    sqlMode: text('sql_mode'),
    timeZone: text('time_zone'),
  };
}
