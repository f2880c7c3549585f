import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import { selectRows } from '@serverless-ops/mysql-dump';
import type { Connection } from 'mysql2/promise';
import type { CreationTimes, RestoreMarker } from './restore-marker.ts';
import type { TargetObject } from './target-contents.ts';

/** When the server made the tables and sequences of a database. A table that is renamed into it has another time. */
export async function readCreationTimes(session: Connection, database: string): Promise<CreationTimes> {
  const rows = await selectRows<{ name: string; madeAt: string | null }>(
    session,
    'SELECT table_name AS name, CAST(create_time AS CHAR) AS madeAt FROM information_schema.tables WHERE table_schema = ?',
    [database],
  );
  return Object.fromEntries(rows.map(({ name, madeAt }) => [name, madeAt]));
}

/**
 * What a restore that was cut off has made of what a database holds, and nothing else: a table of the same name that
 * somebody put into its place since then has another time, and rows.
 */
export async function findLeftBehind(
  session: Connection,
  { database, contents, marker }: { database: string; contents: readonly TargetObject[]; marker: RestoreMarker },
): Promise<TargetObject[]> {
  const now = await readCreationTimes(session, database);
  const wanted = new Set(marker.wanted);
  const found: TargetObject[] = [];
  for (const object of contents) {
    const { kind, name } = object;
    if (kind !== 'TABLE' && kind !== 'SEQUENCE') {
      if (marker.isWhole && marker.makesPrograms) found.push(object);
    } else if (wanted.has(name)) {
      const isTheSame = marker.made !== undefined && name in marker.made && marker.made[name] === now[name];
      if (isTheSame || (await isWithoutRows(session, database, object))) found.push(object);
    }
  }
  return found;
}

async function isWithoutRows(session: Connection, database: string, { kind, name }: TargetObject): Promise<boolean> {
  if (kind === 'SEQUENCE') return true;
  const table = `${quoteIdentifier(database)}.${quoteIdentifier(name)}`;
  // A table that cannot be read may hold anything.
  const rows = await selectRows(session, `SELECT 1 FROM ${table} LIMIT 1`).catch(() => ['unknown']);
  return rows.length === 0;
}
