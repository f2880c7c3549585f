import type { PasswordChangeResult } from '@serverless-ops/job-schemas';
import { findLogins, type Account } from './accounts.ts';
import { assertMayChange } from './assert-may-change.ts';
import { discardOldPassword } from './discard-old-password.ts';
import type { LockedChange } from './locked-change.ts';
import { nextPassword, type NextPassword } from './next-password.ts';
import { proveLogin, unproven } from './prove-login.ts';
import type { StoredAccount } from './stored-passwords.ts';
import { tellServer } from './tell-server.ts';

/** What one password's way to the server and into Parameter Store has come to. */
interface Promoted {
  readonly next: NextPassword;
  readonly created: boolean;
  readonly version: number;
}

/** The steps of a change, in the only order in which each may be the last one. */
export async function changeUnderLock(change: LockedChange): Promise<PasswordChangeResult> {
  const { request, session, store, context } = change;
  const { db_user: user, job_id: jobId } = request;
  const startedAt = context.now();
  // Read under the lock: what was read before it, another change may have replaced.
  const stored = await readStored(change);
  const done =
    stored.lastChange?.status === 'done' && stored.lastChange.job_id === jobId ? stored.lastChange : undefined;
  if (done !== undefined) {
    context.log.info('this job was done before: nothing changes twice');
    await forgetPromoted(change, stored);
    return done.result;
  }
  const accounts = await findLogins(session, user);
  await assertMayChange(change, stored, accounts);
  if (request.discard_old_password) return discardOldPassword(change, stored, accounts);

  const { given } = stored;
  let promoted = await promote(change, stored, accounts);
  const isGivenNext = given !== undefined && !request.generate && given.value !== promoted.next.value;
  if (isGivenNext) {
    // A change that broke off was completed first: its password was all that some account took.
    await store.forgetPending();
    const second = await promote(change, await readStored(change), await findLogins(session, user));
    promoted = { ...second, created: promoted.created || second.created };
  }
  const { next, created, version } = promoted;
  const result: PasswordChangeResult = {
    status: 'job complete',
    changed: next.isNew || isGivenNext,
    created,
    version,
    old_password_valid: (await findLogins(session, user)).some(({ retainedHash }) => retainedHash !== undefined),
    duration_ms: context.now().getTime() - startedAt.getTime(),
  };
  await store.record({ status: 'done', job_id: jobId, at: context.now().toISOString(), result });
  if (given !== undefined) await store.forgetGiven(given.value);
  if (next.isNew) await store.forgetPending();
  context.log.info({ result }, 'done');
  return result;
}

async function readStored({ store, context }: LockedChange): Promise<StoredAccount> {
  const stored = await store.read();
  for (const secret of [stored.password, stored.given, stored.pending]) if (secret) context.hideSecret(secret.value);
  return stored;
}

/** Gives the next password to the server, proves it, and stores it everywhere that logins read it from. */
async function promote(change: LockedChange, stored: StoredAccount, accounts: readonly Account[]): Promise<Promoted> {
  const { request, session, lock, store, places, context } = change;
  const next = await nextPassword(change, stored, accounts);
  context.hideSecret(next.value);
  const { created } = await tellServer(change, { accounts, stored }, next);
  await prove(change, created ? await findLogins(session, request.db_user) : accounts, next);
  await lock.assertHeld();
  // Each write is one that a repetition completes.
  const version = next.version ?? (await store.store(next.value));
  const stale = places.filter(({ value }) => next.isNew || value !== next.value);
  for (const { name } of stale) await store.storeIn(name, next.value);
  if (stale.length > 0)
    context.log.info({ parameters: stale.map(({ name }) => name) }, 'stored it for other logins, too');
  return { next, created, version };
}

async function prove(change: LockedChange, accounts: readonly Account[], next: NextPassword): Promise<void> {
  const { request, session, connection } = change;
  const reason = await proveLogin(connection({ user: request.db_user, password: next.value }), accounts);
  if (reason === undefined) return;
  throw unproven({ accounts, address: session.address, standsIn: next.standsIn, reason });
}

/** What a job that was killed at its end has left: passwords that `password` holds by now. */
async function forgetPromoted({ store }: LockedChange, { password, given, pending }: StoredAccount): Promise<void> {
  // Another pending one is not of this job, and may be the only password that works.
  if (pending !== undefined && pending.value === password?.value) await store.forgetPending();
  if (given !== undefined && given.value === password?.value) await store.forgetGiven(given.value);
}
