import type { Connection, RowDataPacket } from 'mysql2/promise';

/** Of each table or view of a database, what changes when its definition does. */
export type TableStates = ReadonlyMap<string, string>;

/** Both servers set the time with every CREATE and ALTER; what MariaDB calls a version changes with neither. */
const STATES = `
  SELECT table_name AS name, CONCAT_WS('|', table_type, engine, CAST(create_time AS CHAR)) AS state
  FROM information_schema.tables WHERE table_schema = DATABASE()`;

/**
 * Reads the states of all tables: take them before the definitions are read, and again once the rows are. Where both
 * are the same, definitions and rows belong together. TRUNCATE does not show here; the server then refuses to read the
 * table in an older snapshot (ER_TABLE_DEF_CHANGED).
 */
export async function readTableStates(session: Connection): Promise<TableStates> {
  const [rows] = await session.query<(RowDataPacket & { name: string; state: string })[]>(STATES);
  return new Map(rows.map(({ name, state }) => [name, state]));
}

/** The names of tables that were made, dropped or altered between the two. */
export function changedTables(before: TableStates, after: TableStates): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}
