import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import { selectRows } from '@serverless-ops/mysql-dump';
import { RESTORE_MARKER_TABLE } from '@serverless-ops/names';
import type { Connection } from 'mysql2/promise';

/** Whose restore is in work, or was cut off: what the marker in a database says. */
export interface RestoreMarker {
  readonly backupId: string;
  readonly jobId: string;
  /** What the restore makes, and so what the next one removes first. */
  readonly scope: 'everything' | { readonly tables: readonly string[] };
}

const TABLE = quoteIdentifier(RESTORE_MARKER_TABLE);

/** What a marker says; undefined without one. A marker without a row: the restore was cut off before it did anything. */
export async function readMarker(
  session: Connection,
  database: string,
): Promise<RestoreMarker | 'nothing done' | undefined> {
  const there = await selectRows(
    session,
    'SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?',
    [database, RESTORE_MARKER_TABLE],
  );
  if (there.length === 0) return undefined;
  const [row] = await selectRows<{ marker: string }>(
    session,
    `SELECT marker FROM ${quoteIdentifier(database)}.${TABLE}`,
  );
  return row === undefined ? 'nothing done' : (JSON.parse(row.marker) as RestoreMarker);
}

/** Puts the marker into the session's database; one that is there is replaced. */
export async function writeMarker(session: Connection, marker: RestoreMarker): Promise<void> {
  await session.query(
    `CREATE TABLE IF NOT EXISTS ${TABLE} (id TINYINT PRIMARY KEY, marker LONGTEXT NOT NULL) ENGINE = InnoDB ` +
      "CHARACTER SET utf8mb4 COMMENT 'A restore of Serverless Ops is in work, or was cut off: this database is not whole'",
  );
  await session.query(`REPLACE INTO ${TABLE} VALUES (1, ?)`, [JSON.stringify(marker)]);
}

/** Takes the marker away, last of all. */
export async function dropMarker(session: Connection): Promise<void> {
  await session.query(`DROP TABLE ${TABLE}`);
}
