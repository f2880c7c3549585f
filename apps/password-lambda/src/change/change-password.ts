import { JobError, type PasswordChangeResult } from '@serverless-ops/job-schemas';
import { tlsFor, type ServerConnection } from '@serverless-ops/mysql-connect';
import { lookUpCredentials } from '@serverless-ops/parameter-lookup';
import type { ChangeRequest } from '../change-request.ts';
import { parseGrant } from '@serverless-ops/parameter-rules';
import { takeAccountLock } from './account-lock.ts';
import { openAdminSession } from './admin-session.ts';
import type { ChangeContext } from './change-context.ts';
import { changeUnderLock } from './change-under-lock.ts';
import { otherPlaces } from './other-places.ts';
import { StoredPasswords } from './stored-passwords.ts';

/**
 * Changes the password of an account, so that at every moment Parameter Store has a password that works: in `password`
 * or in `password_pending`. It may end at any line; ordered again, it takes up from there.
 *
 * Throws JobError.
 */
export async function changePassword(request: ChangeRequest, context: ChangeContext): Promise<PasswordChangeResult> {
  const { server, parameters, db_user: user } = request;
  const { client, keyId, databaseTls, hideSecret, log } = context;
  const grant =
    request.create_if_missing && request.grant !== null
      ? parseGrant(request.grant, { user, database: request.schema })
      : undefined;
  const admin = await lookUpCredentials({
    ...{ client, userParameter: parameters.admin_user, passwordParameter: parameters.admin_password },
  });
  hideSecret(admin.password);
  refuseAdmin(admin.user, request);
  const connection = (login: { user: string; password: string }): ServerConnection => ({
    ...{ ...server, ...login, tls: tlsFor(server.host, databaseTls) },
  });
  // Before the session, which ends when nothing is said for a while.
  const places = await otherPlaces(request, context);
  for (const { value } of places) hideSecret(value);
  const session = await openAdminSession(connection(admin));
  try {
    const lock = await takeAccountLock(session, user);
    log.info({ server, flavor: session.flavor, address: session.address }, 'connected, and took the lock');
    try {
      const store = new StoredPasswords({ client, keyId, names: parameters });
      return await changeUnderLock({ request, grant, session, lock, store, places, connection, context });
    } finally {
      // Before closing, which the server may take a moment to notice. Without a session it is released anyway.
      await lock.release().catch(() => undefined);
    }
  } finally {
    session.close();
  }
}

/** The account that changes others would lock itself out half-way. */
function refuseAdmin(admin: string, { db_user: user, parameters }: ChangeRequest): void {
  if (admin !== user) return;
  throw new JobError(
    'InvalidRequest',
    `${JSON.stringify(user)} is the account that changes the others (${parameters.admin_user}), and cannot change ` +
      'itself. Change its password by hand, or by what manages it, such as RDS.',
  );
}
