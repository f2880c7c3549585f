import { setTimeout as sleep } from 'node:timers/promises';
import { JobError } from '@serverless-ops/job-schemas';
import {
  connect,
  mysqlErrorCode,
  quoteIdentifier,
  translateMysqlError,
  type DatabaseConnection,
} from '@serverless-ops/mysql-connect';
import { selectRows } from '@serverless-ops/mysql-dump';
import { RESTORE_MARKER_TABLE } from '@serverless-ops/names';
import type { Connection } from 'mysql2/promise';

/** Whose restore is in work, or was cut off: what the marker in a database says. */
export interface RestoreMarker {
  readonly backupId: string;
  readonly jobId: string;
  readonly isWhole: boolean;
  /** Names of the tables and sequences that it makes, as the server spells them. */
  readonly wanted: readonly string[];
  /** When the server made each of them, once all are made. Before that, none of them holds a row. */
  readonly made?: CreationTimes;
  /** Whether it has begun to make routines, views and events. */
  readonly makesPrograms?: boolean;
}

/** Name of a table or sequence, and when it was made, in UTC to the second; null where the engine does not tell. */
export type CreationTimes = Readonly<Record<string, string | null>>;

const TABLE = quoteIdentifier(RESTORE_MARKER_TABLE);

/**
 * What a marker says; undefined without one. A marker without a row: the restore was cut off before it did anything.
 *
 * @throws JobError TargetNotEmpty for a table of that name that is none of ours
 */
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
  try {
    const [row] = await selectRows<{ marker: string }>(
      session,
      `SELECT marker FROM ${quoteIdentifier(database)}.${TABLE}`,
    );
    if (row === undefined) return 'nothing done';
    const marker = JSON.parse(row.marker) as RestoreMarker;
    if (Array.isArray(marker.wanted)) return marker;
    throw new SyntaxError('It says not what the restore makes.');
  } catch (error) {
    if (!(error instanceof SyntaxError) && mysqlErrorCode(error) !== 'ER_BAD_FIELD_ERROR') throw error;
    throw new JobError(
      'TargetNotEmpty',
      `The database "${database}" has a table ${RESTORE_MARKER_TABLE} that this version of Serverless Ops did not make. ` +
        'Nothing was changed. Look what it is for, and drop it, or restore into another database with target_db_name.',
      { cause: error },
    );
  }
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
