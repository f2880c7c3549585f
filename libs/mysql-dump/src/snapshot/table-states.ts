import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { tablesChanged } from '../errors.ts';

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

/** MariaDB once showed, for a moment, another state of a table that nobody had touched. */
const ASK_AGAIN_MS = 250;

/**
 * Throws JobError DatabaseBusy when a dumped table was made, dropped or altered since `before` was read. The time in a
 * state never goes back, so a table that shows the old state again was not altered: two readings must both differ.
 */
export async function assertTablesUnchanged(
  session: Connection,
  before: TableStates,
  isDumped: (name: string) => boolean,
): Promise<void> {
  const seemChanged = changedTables(before, await readTableStates(session)).filter(isDumped);
  if (seemChanged.length === 0) return;
  await sleep(ASK_AGAIN_MS);
  const now = await readTableStates(session);
  const changed = changedTables(before, now).filter(isDumped);
  const stateOf = (states: TableStates, name: string): string => states.get(name)?.state ?? 'not there';
  const [first] = changed;
  if (first !== undefined) throw tablesChanged(changed, `${stateOf(before, first)}, then ${stateOf(now, first)}`);
}

/** The names of tables that were made, dropped or altered between the two. */
function changedTables(before: TableStates, after: TableStates): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name)?.state !== after.get(name)?.state);
}
