import { JobError } from '@serverless-ops/job-schemas';
import type { Account } from './accounts.ts';
import { assertWritable } from './assert-writable.ts';
import type { LockedChange } from './locked-change.ts';
import { allHave } from './next-password.ts';
import { refuseProtected, refuseProtectedGrant } from './protected-accounts.ts';
import { rehearseLogin } from './prove-login.ts';
import { refuseOtherPlugins } from './set-password.ts';
import type { StoredAccount } from './stored-passwords.ts';
import { assertHostMatches, unusable, usableAccount } from './usable-account.ts';

/**
 * Everything that can be known before the first change on the server, which cannot be undone. Throws JobError
 * ServerReadOnly, AccountNotFound, AccountUnusable, AccountProtected, InvalidRequest, SessionSetupFailed.
 */
export async function assertMayChange(
  change: LockedChange,
  stored: StoredAccount,
  accounts: readonly Account[],
): Promise<void> {
  const { request, grant, session } = change;
  const { db_user: user, account: kind } = request;
  const isBeingCreated = stored.lastChange?.status === 'creating';
  assertWritable(session, request.server.host);
  if (grant === undefined) assertComplete(change, accounts, stored);
  if (grant !== undefined && (accounts.length === 0 || isBeingCreated)) {
    refuseProtectedGrant(grant, user, kind);
    if (accounts.length === 0) assertHostMatches({ user, host: grant.host }, session);
  }
  if (accounts.length === 0) return;
  const usable = await usableAccount(accounts, session);
  refuseOtherPlugins(accounts, session);
  await refuseProtected(accounts, { user, kind }, session);
  await rehearse(change, stored, { usable, accounts });
}

/**
 * A login with the present password, possible only while Parameter Store has the password of the account that the server
 * takes our login for. It shows what the tables do not: an account blocked after failed logins, or an init_connect that fails.
 */
async function rehearse(
  { request, connection }: LockedChange,
  { password: present }: StoredAccount,
  { usable, accounts }: { readonly usable: Account; readonly accounts: readonly Account[] },
): Promise<void> {
  if (present === undefined || !allHave([usable], present.value)) return;
  const reason = await rehearseLogin(connection({ user: request.db_user, password: present.value }), accounts);
  if (reason !== undefined)
    throw unusable(accounts, `a login with its present password fails already: ${reason}. Make that login work first`);
}

/**
 * Throws JobError AccountNotFound when there is no account and none may be created, InvalidRequest when an account is
 * still without its rights and this request cannot give them.
 */
function assertComplete({ request }: LockedChange, accounts: readonly Account[], { lastChange }: StoredAccount): void {
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
