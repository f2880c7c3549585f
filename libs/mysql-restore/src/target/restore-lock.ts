import { createHash } from 'node:crypto';
import { JobError } from '@serverless-ops/job-schemas';
import { mysqlErrorCode } from '@serverless-ops/mysql-connect';
import { selectRows } from '@serverless-ops/mysql-dump';
import type { Connection } from 'mysql2/promise';

/** Sessions of one restore at most. */
const MAX_SESSIONS = 32;

/** A session that was killed takes back what its statement did: an INSERT, or the build of an index. */
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
 * Keeps other restores from the target for as long as the session lives, and ends the sessions that an earlier restore
 * left behind: the server goes on with the statement of a client that is gone, and may still make a table.
 *
 * @throws JobError RestoreInProgress
 */
export async function lockTarget(session: Connection, database: string): Promise<void> {
  const name = lockName(database);
  if (!(await getLock(session, name, 0))) throw inProgress(database, 'another job is restoring into it');
  for (let index = 0; index < MAX_SESSIONS; index++) {
    const ofSession = `${name}.${index}`;
    if (!(await getLock(session, ofSession, 0)) && !(await getLockOfKilled(session, ofSession)))
      throw inProgress(database, 'a statement of an earlier restore is still in work');
    await selectRows(session, 'SELECT RELEASE_LOCK(?)', [ofSession]);
  }
}

/** An account may kill its own sessions. That of another account is waited for. */
async function getLockOfKilled(session: Connection, lock: string): Promise<boolean> {
  const [row] = await selectRows<{ holder: unknown }>(session, 'SELECT IS_USED_LOCK(?) AS holder', [lock]);
  const holder = Number(row?.holder);
  if (Number.isSafeInteger(holder) && holder !== 0) {
    await session.query(`KILL ${holder}`).catch((error: unknown) => {
      if (!CANNOT_KILL.has(mysqlErrorCode(error) ?? '')) throw error;
    });
  }
  return getLock(session, lock, LEFT_BEHIND_SECONDS);
}

/** It has just ended, or is another account's. */
const CANNOT_KILL = new Set(['ER_NO_SUCH_THREAD', 'ER_KILL_DENIED_ERROR']);

async function getLock(session: Connection, name: string, seconds: number): Promise<boolean> {
  const [row] = await selectRows<{ held: unknown }>(session, 'SELECT GET_LOCK(?, ?) AS held', [name, seconds]);
  return Number(row?.held) === 1;
}

function inProgress(database: string, why: string): JobError {
  return new JobError(
    'RestoreInProgress',
    `The database "${database}" cannot be restored now: ${why}. Order the job again when that is over.`,
  );
}
