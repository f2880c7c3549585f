import { setTimeout as sleep } from 'node:timers/promises';
import { connect, quoteIdentifier, translateMysqlError, type DatabaseConnection } from '@serverless-ops/mysql-connect';
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

/** How often and how long apart a server that was lost at the very end is asked whether it dropped the marker. */
const ASKED_AGAIN = 5;
const ASKED_AGAIN_MS = 2_000;

/**
 * Takes the marker away, last of all. When the answer is lost, another session looks: a restore that is whole must not be
 * taken for one that failed, because the next one would find a database that is not empty.
 */
export async function dropMarker(session: Connection, connection: DatabaseConnection): Promise<void> {
  try {
    await session.query(`DROP TABLE ${TABLE}`);
  } catch (error) {
    if (!translateMysqlError(error, connection).retryable || !(await isGone(connection))) throw error;
  }
}

async function isGone(connection: DatabaseConnection): Promise<boolean> {
  for (let attempt = 1; attempt <= ASKED_AGAIN; attempt++) {
    try {
      const session = await connect(connection);
      try {
        return (await readMarker(session, connection.database)) === undefined;
      } finally {
        session.destroy();
      }
    } catch {
      await sleep(ASKED_AGAIN_MS);
    }
  }
  return false;
}
