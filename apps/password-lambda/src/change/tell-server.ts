import { JobError, type ErrorCode } from '@serverless-ops/job-schemas';
import type { Grant } from '@serverless-ops/parameter-rules';
import { findAccounts, type Account } from './accounts.ts';
import type { LockedChange } from './locked-change.ts';
import { createAccount } from './create-account.ts';
import { grantRights } from './grant-rights.ts';
import type { LastChange } from './last-change.ts';
import type { NextPassword } from './next-password.ts';
import { isHashOf } from './password-hash.ts';
import { setPassword } from './set-password.ts';

/** How the server says no, rather than that it cannot be asked: trying again would change nothing. */
const REFUSALS: readonly ErrorCode[] = ['AccessDenied', 'InvalidRequest', 'ParameterInvalid', 'PasswordRefused'];

/** What became of the account, by this attempt or by an earlier one that broke off. */
export interface Told {
  readonly changed: boolean;
  readonly created: boolean;
}

/** What was there when the change began. */
export interface Found {
  readonly accounts: readonly Account[];
  readonly lastChange: LastChange | undefined;
}

/**
 * Throws JobError AccountNotFound when there is no account and none may be created, InvalidRequest when an account is
 * still without its rights and this request cannot give them.
 */
export function assertMayProceed({ request, grant }: LockedChange, { accounts, lastChange }: Found): void {
  if (grant !== undefined) return;
  const user = JSON.stringify(request.db_user);
  if (accounts.length === 0) {
    throw new JobError(
      'AccountNotFound',
      `The server ${request.server.host} has no account ${user}. Check db_user, or let the job create it with ` +
        'create_if_missing and a grant.',
    );
  }
  if (lastChange?.status === 'creating') {
    throw new JobError(
      'InvalidRequest',
      `The creation of ${user} by job ${lastChange.job_id} broke off, so it may be without its rights. ` +
        'Order it again with create_if_missing, which completes it.',
    );
  }
}

/** Makes the server take the password: by creating the account, or by changing those that do not have it yet. */
export async function tellServer(change: LockedChange, found: Found, next: NextPassword): Promise<Told> {
  const { grant } = change;
  const { accounts, lastChange } = found;
  try {
    if (grant !== undefined && (accounts.length === 0 || lastChange?.status === 'creating')) {
      await create(change, found, next, grant);
      return { changed: true, created: true };
    }
    return { changed: await alter(change, found, next), created: false };
  } catch (error) {
    if (error instanceof JobError && REFUSALS.includes(error.code)) await undo(change, found, next);
    throw error;
  }
}

/** The journal comes first, so that a retry knows an account that has no rights yet for one of ours. */
async function create(change: LockedChange, { accounts }: Found, next: NextPassword, grant: Grant): Promise<void> {
  const { request, session, context } = change;
  const account = { user: request.db_user, host: grant.host };
  await journal(change, 'creating');
  if (!accounts.some(({ host }) => host === account.host)) {
    await createAccount(account, next.value, session, context.generate);
  }
  await setPassword(accounts, next.value, session);
  await grantRights(grant, account.user, session);
}

async function alter(change: LockedChange, { accounts, lastChange }: Found, next: NextPassword): Promise<boolean> {
  const { request, session } = change;
  if (accounts.every(({ hash }) => isHashOf(hash, next.value))) {
    // Told by an attempt that broke off, which this one completes.
    return lastChange?.status === 'changing';
  }
  // A generated password is pending by now, which says as much.
  if (!request.generate) await journal(change, 'changing');
  return setPassword(accounts, next.value, session);
}

function journal({ request, store, context }: LockedChange, status: 'creating' | 'changing'): Promise<void> {
  return store.record({ status, job_id: request.job_id, at: context.now().toISOString() });
}

/** Unless the server has taken the password, nothing of the change stays in Parameter Store. */
async function undo(change: LockedChange, { accounts, lastChange }: Found, next: NextPassword): Promise<void> {
  const { request, session, store, context } = change;
  try {
    const now = await findAccounts(session, request.db_user);
    // A new account may have its password, but not yet its rights.
    if (now.some(({ hash }) => isHashOf(hash, next.value))) return;
    if (request.generate) await store.forgetPending();
    const isStillTrue = lastChange?.status === 'done' || (lastChange?.status === 'creating' && accounts.length > 0);
    await (isStillTrue ? store.record(lastChange) : store.forgetLastChange());
  } catch (error) {
    context.log.warn(
      { err: error },
      'what was written to Parameter Store for this change stays; the next one takes it up',
    );
  }
}
