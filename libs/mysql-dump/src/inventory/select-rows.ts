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
