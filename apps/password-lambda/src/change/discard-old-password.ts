import { JobError, type PasswordChangeResult } from '@serverless-ops/job-schemas';
import { quoteAccount } from '@serverless-ops/mysql-connect';
import type { Account } from './accounts.ts';
import type { LockedChange } from './locked-change.ts';
import { presentPassword } from './next-password.ts';
import { isHashOf } from './password-hash.ts';
import { proveLogin, unproven } from './prove-login.ts';
import type { StoredAccount } from './stored-passwords.ts';

/**
 * Ends the time in which the password before the last change works too, once the present one is proven.
 * Throws JobError PasswordUnproven when it is not, or not stored wherever jobs log in: then the one before may be all that
 * they have.
 */
export async function discardOldPassword(
  change: LockedChange,
  stored: StoredAccount,
  accounts: readonly Account[],
): Promise<PasswordChangeResult> {
  const { request, session, places, connection, context } = change;
  const startedAt = context.now();
  const { value, name: standsIn, version } = presentPassword(stored, request);
  // A login would not tell: it works with the password before, too.
  if (!accounts.every(({ hash }) => isHashOf(hash, value))) {
    throw new JobError(
      'PasswordUnproven',
      `The password in ${standsIn} is not the present password of ${JSON.stringify(request.db_user)} on the server: a change ` +
        'broke off, or somebody stored another one. Nothing was discarded. Order a change first, which completes it.',
    );
  }
  const stale = places.filter((place) => place.value !== value);
  if (stale.length > 0) {
    throw new JobError(
      'PasswordUnproven',
      `Other logins as ${JSON.stringify(request.db_user)} have another password than ${standsIn}: ` +
        `${stale.map(({ name }) => name).join(', ')}. A change broke off, or somebody stored it there. Nothing was ` +
        'discarded. Order a change first, which stores the password there, too.',
    );
  }
  const reason = await proveLogin(connection({ user: request.db_user, password: value }), accounts);
  if (reason !== undefined) throw unproven({ accounts, address: session.address, standsIn, reason });
  const retaining = accounts.filter(({ retainedHash }) => retainedHash !== undefined);
  if (retaining.length > 0) {
    const parts = retaining.map(({ user, host }) => `${quoteAccount(user, host)} DISCARD OLD PASSWORD`);
    await session.query(`ALTER USER ${parts.join(', ')}`);
  }
  context.log.info({ accounts: retaining.length }, 'discarded the old password');
  return {
    status: 'job complete',
    changed: false,
    created: false,
    version,
    old_password_valid: false,
    duration_ms: context.now().getTime() - startedAt.getTime(),
  };
}
