import { createHash } from 'node:crypto';
import { quoteLiteral } from '@serverless-ops/mysql-connect';
import { JobError, ORPHANED_LOCK_SECONDS } from '@serverless-ops/job-schemas';
import type { AdminSession } from './admin-session.ts';

/** The right to change the accounts of one name on a server. Ends with the session, should we never come to release it. */
export interface AccountLock {
  /** Throws JobError ConnectionLost when the server has taken the lock back. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

/** MySQL takes 64 characters; a hash has no letters that servers would compare differently. */
export function accountLockName(user: string): string {
  return `serverless-ops.password.${createHash('sha256').update(user).digest('hex').slice(0, 40)}`;
}

/** Throws JobError ChangeInProgress at once when another session has it: two changes in a row are not what both want. */
export async function takeAccountLock(session: AdminSession, user: string): Promise<AccountLock> {
  const name = quoteLiteral(accountLockName(user));
  const [taken] = await session.query(`SELECT GET_LOCK(${name}, 0) AS answer`);
  if (Number(taken?.['answer']) !== 1) {
    throw new JobError(
      'ChangeInProgress',
      `Another job is changing the password of ${JSON.stringify(user)} on this server right now. Nothing was done. ` +
        'Wait for its end, then order this job again if you still need it. After an interrupted job, the server ' +
        `releases the account within ${ORPHANED_LOCK_SECONDS} s.`,
    );
  }
  return {
    async assertHeld() {
      const [row] = await session.query(`SELECT IS_USED_LOCK(${name}) = CONNECTION_ID() AS answer`);
      if (Number(row?.['answer']) === 1) return;
      throw new JobError(
        'ConnectionLost',
        'The server released its lock on the account too early. Order the job again.',
      );
    },
    async release() {
      await session.query(`SELECT RELEASE_LOCK(${name})`);
    },
  };
}
