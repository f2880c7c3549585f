import { JobError } from '@serverless-ops/job-schemas';
import type { Grant } from '@serverless-ops/parameter-rules';
import { findLogins, type Account } from './accounts.ts';
import { createAccount } from './create-account.ts';
import { grantRights } from './grant-rights.ts';
import type { LockedChange } from './locked-change.ts';
import type { NextPassword } from './next-password.ts';
import { isHashOf } from './password-hash.ts';
import { setPassword } from './set-password.ts';
import type { StoredAccount } from './stored-passwords.ts';

/** What was there when the change began. */
export interface Found {
  readonly accounts: readonly Account[];
  readonly stored: StoredAccount;
}

/**
 * Makes the server take the password: by creating the account, or by changing those that do not have it yet. Says
 * whether the account was created, by this attempt or by an earlier one that broke off.
 */
export async function tellServer(
  change: LockedChange,
  found: Found,
  next: NextPassword,
): Promise<{ created: boolean }> {
  const { grant, session } = change;
  const { accounts, stored } = found;
  try {
    if (grant !== undefined && (accounts.length === 0 || stored.lastChange?.status === 'creating')) {
      await create(change, found, next, grant);
      return { created: true };
    }
    await setPassword(accounts, next.value, session);
    return { created: false };
  } catch (error) {
    // Trying again would change nothing about a refusal.
    if (error instanceof JobError && !error.retryable) throw await undo(change, found, next, error);
    throw error;
  }
}

/** The journal comes first, so that a retry knows that this change created an account which has no rights yet. */
async function create(change: LockedChange, { accounts }: Found, next: NextPassword, grant: Grant): Promise<void> {
  const { request, session, store, context } = change;
  const account = { user: request.db_user, host: grant.host };
  await store.record({ status: 'creating', job_id: request.job_id, at: context.now().toISOString() });
  if (!accounts.some(({ host }) => host === account.host)) {
    await createAccount(account, next.value, session, context.generate);
  }
  await setPassword(accounts, next.value, session);
  await grantRights(grant, account.user, session);
}

/**
 * Unless the server has taken the password, nothing of the change stays in Parameter Store: not what is pending, and not
 * a given password that the server refuses. Gives the refusal, with what became of that.
 */
async function undo(
  change: LockedChange,
  { accounts, stored }: Found,
  next: NextPassword,
  refusal: JobError,
): Promise<JobError> {
  const { request, session, store, context } = change;
  const { lastChange, given } = stored;
  try {
    const now = await findLogins(session, request.db_user);
    // A new account may have its password, but not yet its rights.
    if (now.some(({ hash }) => isHashOf(hash, next.value))) return refusal;
    if (next.isNew) await store.forgetPending();
    const isStillTrue = lastChange?.status === 'done' || (lastChange?.status === 'creating' && accounts.length > 0);
    await (isStillTrue ? store.record(lastChange) : store.forgetLastChange());
    if (refusal.code !== 'PasswordRefused' || given?.value !== next.value) return refusal;
    await store.forgetGiven(given.value);
    const told = `${refusal.message} ${given.name} held the refused password and was deleted.`;
    return new JobError(refusal.code, told, { cause: refusal.cause });
  } catch (error) {
    context.log.warn(
      { err: error },
      'what was written to Parameter Store for this change stays; the next one takes it up',
    );
    return refusal;
  }
}
