import { mysqlErrorCode } from '@serverless-ops/mysql-connect';
import type { Connection, RowDataPacket } from 'mysql2/promise';

/** The rows of a SELECT or SHOW, typed by the caller, who knows its columns. */
export async function selectRows<Row>(session: Connection, sql: string, values: unknown[] = []): Promise<Row[]> {
  const [rows] = await session.query<RowDataPacket[]>(sql, values);
  return rows as unknown as Row[];
}

/**
 * As {@link selectRows}, for SELECTs with a column `ofSchema`. Some columns of information_schema compare names without
 * case, so a database `Shop` would get what belongs to `shop`.
 */
export async function selectRowsOf<Row>(session: Connection, database: string, sql: string): Promise<Row[]> {
  const holes = sql.split('?').length - 1;
  const rows = await selectRows<Row & { ofSchema: string }>(session, sql, Array<string>(holes).fill(database));
  return rows.filter(({ ofSchema }) => ofSchema === database);
}

/** What was selected from a table of information_schema that older servers do not have; then there is nothing. */
export async function whereKnown<Row>(rows: Promise<Row[]>): Promise<Row[]> {
  return unlessRefused(['ER_UNKNOWN_TABLE'], rows);
}

/** What was selected, or nothing where the server refuses it for one of these reasons. Any other error is thrown. */
export async function unlessRefused<Row>(codes: readonly string[], rows: Promise<Row[]>): Promise<Row[]> {
  return rows.catch((error: unknown) => {
    if (codes.includes(mysqlErrorCode(error) ?? '')) return [];
    throw error;
  });
}
