import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { TableStates } from './table-states.ts';

/** How often the whole server has run statements that can give a table the rows of another. */
export interface DdlCounts {
  readonly alters: number;
  readonly renames: number;
}

/** Every account may read these counts, whatever its rights. */
export async function readDdlCounts(session: Connection): Promise<DdlCounts> {
  const [rows] = await session.query<RowDataPacket[]>(
    "SHOW GLOBAL STATUS WHERE Variable_name IN ('Com_alter_table', 'Com_rename_table')",
  );
  const counts = new Map(rows.map((row) => [String(row['Variable_name']).toLowerCase(), Number(row['Value'])]));
  return { alters: counts.get('com_alter_table') ?? 0, renames: counts.get('com_rename_table') ?? 0 };
}

/**
 * The tables that may have got the rows of others between two counts, which neither their states nor the server's
 * refusals tell: ALTER TABLE ... EXCHANGE PARTITION keeps the time of creation, and so does MySQL's RENAME, which shows
 * only where the two tables are not of the same second. The counts are of all databases, so nothing may have happened.
 */
export function maybeSwapped(before: DdlCounts, after: DdlCounts, states: TableStates): string[] {
  const tables = [...states];
  const ofSecond = Map.groupBy(tables, ([, { createdAt }]) => createdAt);
  const isExchanged = after.alters !== before.alters && tables.some(([, { isPartitioned }]) => isPartitioned);
  const isRenamed = after.renames !== before.renames;
  return tables
    .filter(
      ([, { createdAt, isPartitioned }]) =>
        (isExchanged && isPartitioned) || (isRenamed && (ofSecond.get(createdAt)?.length ?? 0) > 1),
    )
    .map(([name]) => name);
}
