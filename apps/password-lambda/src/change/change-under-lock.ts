import type { PasswordChangeResult } from '@serverless-ops/job-schemas';
import { findAccounts } from './accounts.ts';
import { discardOldPassword } from './discard-old-password.ts';
import type { LockedChange } from './locked-change.ts';
import { givenPassword, pendingPassword } from './next-password.ts';
import { proveLogin, unproven } from './prove-login.ts';
import { refuseOtherPlugins } from './set-password.ts';
import { assertMayProceed, tellServer } from './tell-server.ts';

/** The steps of a change, in the only order in which each may be the last one. */
export async function changeUnderLock(change: LockedChange): Promise<PasswordChangeResult> {
  const { request, session, lock, store, connection, context } = change;
  const { db_user: user, job_id: jobId } = request;
  const startedAt = context.now();
  // Read under the lock: what was read before it, another change may have replaced.
  const stored = await store.read();
  for (const secret of [stored.password, stored.pending]) if (secret) context.hideSecret(secret.value);

  const done =
    stored.lastChange?.status === 'done' && stored.lastChange.job_id === jobId ? stored.lastChange : undefined;
  if (done !== undefined) {
    context.log.info('this job was done before: nothing changes twice');
    // Another pending one is not of this job, and may be the only password that works.
    if (stored.pending !== undefined && stored.pending.value === stored.password?.value) await store.forgetPending();
    return done.result;
  }
  const accounts = await findAccounts(session, user);
  refuseOtherPlugins(accounts, session);
  if (request.discard_old_password) return discardOldPassword(change, stored, accounts);

  const found = { accounts, lastChange: stored.lastChange };
  assertMayProceed(change, found);
  const next = request.generate
    ? await pendingPassword(stored, store, context.generate, request)
    : givenPassword(stored, request);
  context.hideSecret(next.value);
  const { changed, created } = await tellServer(change, found, next);
  const proven = created ? await findAccounts(session, user) : accounts;
  const reason = await proveLogin(connection({ user, password: next.value }), proven);
  if (reason !== undefined) {
    throw unproven({ accounts: proven, address: session.address, standsIn: next.standsIn, reason });
  }

  await lock.assertHeld();
  const version = next.version ?? (await store.store(next.value));
  const result: PasswordChangeResult = {
    status: 'job complete',
    changed: changed || request.generate,
    created,
    version,
    old_password_valid: (await findAccounts(session, user)).some(({ retainedHash }) => retainedHash !== undefined),
    duration_ms: context.now().getTime() - startedAt.getTime(),
  };
  await store.record({ status: 'done', job_id: jobId, at: context.now().toISOString(), result });
  if (request.generate || stored.pending !== undefined) await store.forgetPending();
  context.log.info({ result }, 'done');
  return result;
}
