import { readDatabaseName, readEvents, readRoutines, readTables, selectRows } from '@serverless-ops/mysql-dump';
import { RESTORE_MARKER_TABLE } from '@serverless-ops/names';
import type { Connection } from 'mysql2/promise';
import type { ObjectKind } from '../backup/describe-statement.ts';

/** Something that a database holds. */
export interface TargetObject {
  readonly kind: ObjectKind;
  readonly name: string;
}

/** What a database holds, without the marker of a restore, and without triggers, which go with their tables. */
export async function readContents(session: Connection, database: string): Promise<TargetObject[]> {
  const tables = await readTables(session, database);
  const routines = await readRoutines(session, database);
  const events = await readEvents(session, database);
  return [
    ...tables
      .filter(({ name }) => name !== RESTORE_MARKER_TABLE)
      .map(({ name, type }) => ({ kind: kindOf(type), name })),
    ...routines.map(({ kind, name }) => ({ kind, name })),
    ...events.map(({ name }) => ({ kind: 'EVENT' as const, name })),
  ];
}

/**
 * The name of a database as the server has it, or will have it: one that takes `Shop` and `shop` for one name makes `shop`.
 *
 * @throws JobError ParameterInvalid for a system database
 */
export async function spelledByServer(session: Connection, asked: string): Promise<string> {
  const { database, ignoresCase } = await readDatabaseName(session, asked);
  return !ignoresCase || (await exists(session, database)) ? database : database.toLowerCase();
}

/** Whether the server has the database. */
export async function exists(session: Connection, database: string): Promise<boolean> {
  const rows = await selectRows(session, 'SELECT 1 FROM information_schema.schemata WHERE schema_name = ?', [database]);
  return rows.length > 0;
}

function kindOf(type: string): ObjectKind {
  if (type === 'VIEW') return 'VIEW';
  return type === 'SEQUENCE' ? 'SEQUENCE' : 'TABLE';
}
