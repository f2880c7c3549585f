import { createHash } from 'node:crypto';
import { JobError } from '@serverless-ops/job-schemas';
import { selectRows } from '@serverless-ops/mysql-dump';
import type { Connection } from 'mysql2/promise';

/** Sessions of one restore at most. */
const MAX_SESSIONS = 32;

/** A session of a restore that was killed ends with its statement: an INSERT, or the build of an index. */
const LEFT_BEHIND_SECONDS = 60;

/** Names of locks are 64 characters at most, and are the server's, not a database's. */
function lockName(database: string): string {
  return `serverlessops.restore.${createHash('sha256').update(database).digest('hex').slice(0, 32)}`;
}

/** The lock of one session that loads: it is held as long as the server has a statement of that session in work. */
export async function holdSessionLock(session: Connection, database: string, index: number): Promise<void> {
  if (await getLock(session, `${lockName(database)}.${index}`, 0)) return;
  throw inProgress(database, 'another restore holds it');
}

/**
 * Keeps other restores from the target for as long as the session lives, and waits until no session of an earlier restore
 * is left: one that was killed may still make a table.
 *
 * @throws JobError RestoreInProgress
 */
export async function lockTarget(session: Connection, database: string): Promise<void> {
  const name = lockName(database);
  if (!(await getLock(session, name, 0))) throw inProgress(database, 'another job is restoring into it');
  for (let index = 0; index < MAX_SESSIONS; index++) {
    const ofSession = `${name}.${index}`;
    if (!(await getLock(session, ofSession, LEFT_BEHIND_SECONDS)))
      throw inProgress(database, 'a statement of an earlier restore is still in work');
    await selectRows(session, 'SELECT RELEASE_LOCK(?)', [ofSession]);
  }
}

async function getLock(session: Connection, name: string, seconds: number): Promise<boolean> {
  const [row] = await selectRows<{ held: unknown }>(session, 'SELECT GET_LOCK(?, ?) AS held', [name, seconds]);
  return Number(row?.held) === 1;
}

function inProgress(database: string, why: string): JobError {
  return new JobError(
    'RestoreInProgress',
    `The database "${database}" cannot be restored now: ${why}. Nothing was changed. Order the job again when that is over.`,
  );
}
