import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { mysqlErrorCode } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import type { LockMethod } from './lock-methods.ts';

/**
 * From the first word of a lock to its release. Writers may wait behind a lock that itself still waits, so this is what
 * they wait at most: under a second.
 */
const ATTEMPT_MS = 700;

/** Between two attempts, for those who have waited behind the first. */
const PAUSE_MS = 1000;
const ATTEMPTS = 3;

/** How a statement ends that waited for too long, or whose wait was killed. */
const WAITED = new Set(['ER_QUERY_INTERRUPTED', 'ER_LOCK_WAIT_TIMEOUT', 'ER_STATEMENT_TIMEOUT']);

export interface TimedLockOptions {
  /** Takes the lock. Nothing else may have been begun in it. */
  readonly session: Connection;
  /** Another session of the same account, which kills a statement of the first that waits for too long. */
  readonly guard: Connection;
  readonly method: LockMethod;
  /** What is to be done under the lock; it is done again at the next attempt when it took too long. */
  readonly underLock: () => Promise<void>;
  readonly signal: AbortSignal;
  /** @default 3, 1 s apart */
  readonly attempts?: number;
}

/**
 * Does something under a lock, and gives for how long it was held, in milliseconds; undefined when no attempt was long
 * enough. Each attempt is short, and others come to their turn before the next. Throws the server's refusals as they are.
 */
export async function underTimedLock(options: TimedLockOptions): Promise<number | undefined> {
  const { signal, attempts = ATTEMPTS } = options;
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    const heldMs = await attemptOnce(options);
    if (heldMs !== undefined) return heldMs;
    if (attempt === attempts) return undefined;
    await sleep(PAUSE_MS, undefined, { signal });
  }
}

/** Undefined when it took too long. */
async function attemptOnce({ session, guard, method, underLock }: TimedLockOptions): Promise<number | undefined> {
  const startedMs = performance.now();
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
    // Fails only when the guard's connection is lost, which ends the dump elsewhere.
    guard.query(`KILL QUERY ${session.threadId}`).catch(() => undefined);
  }, ATTEMPT_MS);
  try {
    for (const statement of method.lock) await session.query(statement);
    await Promise.race([underLock(), once(late.signal, 'abort')]);
  } catch (error) {
    if (!late.signal.aborted || !WAITED.has(mysqlErrorCode(error) ?? '')) throw error;
  } finally {
    clearTimeout(timer);
    await release(session, method);
  }
  return late.signal.aborted ? undefined : performance.now() - startedMs;
}

/** A kill that comes late strikes this statement in place of the lock; the second try is then the one that counts. */
async function release(session: Connection, { unlock }: LockMethod): Promise<void> {
  await session.query(unlock).catch(async () => session.query(unlock));
}
