import type { Connection } from 'mysql2/promise';
import type { InventoryEvent, InventoryRoutine, InventoryTrigger } from './inventory.ts';
import { selectRows, selectRowsOf } from './select-rows.ts';

const ROUTINES = `
  SELECT routine_schema AS ofSchema, routine_type AS kind, routine_name AS name, routine_comment AS comment,
         routine_definition IS NULL AS isHidden
  FROM information_schema.routines WHERE routine_schema = ? ORDER BY routine_type, routine_name`;

/** MySQL 9.2 and later; a routine in JavaScript imports them. */
const LIBRARIES = `
  SELECT library_schema AS ofSchema, 'LIBRARY' AS kind, library_name AS name, library_comment AS comment, library_definition IS NULL AS isHidden
  FROM information_schema.libraries WHERE library_schema = ? ORDER BY library_name`;

const TRIGGERS = `
  SELECT trigger_schema AS ofSchema, trigger_name AS name, event_object_table AS ofTable
  FROM information_schema.triggers WHERE trigger_schema = ?
  ORDER BY event_object_table, action_timing, event_manipulation, action_order`;

const EVENTS = `
  SELECT event_schema AS ofSchema, event_name AS name, event_comment AS comment, UNIX_TIMESTAMP(created) AS createdAt,
         COALESCE(CONVERT_TZ(COALESCE(execute_at, ends), time_zone, '+00:00') < UTC_TIMESTAMP(), 0) AS isOver,
         status = 'ENABLED' AS isEnabled
  FROM information_schema.events WHERE event_schema = ? ORDER BY event_name`;

/** Functions, procedures, packages and, first, libraries. */
export async function readRoutines(session: Connection, database: string): Promise<InventoryRoutine[]> {
  const hasLibraries = await selectRows(
    session,
    "SELECT 1 FROM information_schema.tables WHERE table_schema = 'information_schema' AND table_name = 'LIBRARIES'",
  );
  const listed = [
    ...(hasLibraries.length > 0 ? await selectRowsOf<InventoryRoutine>(session, database, LIBRARIES) : []),
    ...(await selectRowsOf<InventoryRoutine>(session, database, ROUTINES)),
  ];
  return listed.map((routine) => ({ ...routine, isHidden: Number(routine.isHidden) === 1 }));
}

/** Triggers, those of a table in the order in which they act. */
export async function readTriggers(session: Connection, database: string): Promise<InventoryTrigger[]> {
  const rows = await selectRowsOf<{ name: string; ofTable: string }>(session, database, TRIGGERS);
  return rows.map(({ name, ofTable }) => ({ name, table: ofTable }));
}

export async function readEvents(session: Connection, database: string): Promise<InventoryEvent[]> {
  const rows = await selectRowsOf<
    Record<'name' | 'comment', string> & Record<'createdAt' | 'isOver' | 'isEnabled', unknown>
  >(session, database, EVENTS);
  return rows.map((row) => ({
    name: row.name,
    comment: row.comment,
    createdAt: Number(row.createdAt),
    isOver: Number(row.isOver) === 1,
    isEnabled: Number(row.isEnabled) === 1,
  }));
}
