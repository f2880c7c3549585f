import type { Connection, RowDataPacket } from 'mysql2/promise';

/** What the server says of a table or view at one time. */
export interface TableState {
  /** Changes whenever the definition does. */
  readonly state: string;
  /** To the second: tables of one restore have it in common. */
  readonly createdAt: string;
  readonly isPartitioned: boolean;
}

/** Of each table or view of a database. */
export type TableStates = ReadonlyMap<string, TableState>;

/** Both servers set the time with every CREATE and ALTER; what MariaDB calls a version changes with neither. */
const STATES = `
  SELECT table_name AS name, CONCAT_WS('|', table_type, engine, CAST(create_time AS CHAR)) AS state,
         CAST(create_time AS CHAR) AS createdAt, COALESCE(create_options, '') LIKE '%partitioned%' AS isPartitioned
  FROM information_schema.tables WHERE table_schema = DATABASE()`;

/**
 * Reads the states of all tables: take them before the definitions are read, and again once the rows are. Where both
 * are the same, definitions and rows belong together, but for what {@link maybeSwapped} tells. TRUNCATE does not show
 * here; the server then refuses to read the table in an older snapshot (ER_TABLE_DEF_CHANGED).
 */
export async function readTableStates(session: Connection): Promise<TableStates> {
  const [rows] = await session.query<RowDataPacket[]>(STATES);
  return new Map(
    rows.map(({ name, state, createdAt, isPartitioned }) => [
      String(name),
      { state: String(state), createdAt: String(createdAt), isPartitioned: Boolean(isPartitioned) },
    ]),
  );
}

/** The names of tables that were made, dropped or altered between the two. */
export function changedTables(before: TableStates, after: TableStates): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name)?.state !== after.get(name)?.state);
}
