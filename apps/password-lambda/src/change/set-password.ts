import { JobError } from '@serverless-ops/job-schemas';
import { quoteAccount, quoteStringLiteral } from '@serverless-ops/mysql-connect';
import type { Account, AccountName } from './accounts.ts';
import type { AdminSession } from './admin-session.ts';
import { judgesPasswords, setJudgedPassword } from './judged-password.ts';
import { isHashOf, nativeHash, PASSWORD_PLUGINS } from './password-hash.ts';

/** Throws JobError InvalidRequest for an account that logs in by other means than a password that jobs can set. */
export function refuseOtherPlugins(accounts: readonly Account[], session: AdminSession): void {
  const allowed = session.flavor === 'mariadb' ? ['mysql_native_password'] : PASSWORD_PLUGINS;
  const other = accounts.find(({ plugin }) => !allowed.includes(plugin));
  if (other === undefined) return;
  throw new JobError(
    'InvalidRequest',
    `The account ${JSON.stringify(other.user)} for the host ${JSON.stringify(other.host)} logs in with ${other.plugin}, ` +
      `so this job cannot change its password. Nothing was done. The job supports ${allowed.join(', ')}.`,
  );
}

/**
 * Gives the password to every account that does not have it, the one before being kept where the server can keep it.
 * Says whether there was anything to do. Throws JobError PasswordRefused, AccessDenied, ConnectionLost.
 */
export async function setPassword(accounts: readonly Account[], password: string, session: AdminSession) {
  // Set anew, the same password would be kept as the one before, and so push out the one that is in use.
  const others = accounts.filter(({ hash }) => !isHashOf(hash, password));
  if (others.length === 0) return false;
  await (session.flavor === 'mariadb' ? setOnMariadb : setOnMysql)(others, password, session);
  return true;
}

/** One statement, which MySQL does completely or not at all. */
async function setOnMysql(accounts: readonly Account[], password: string, session: AdminSession): Promise<void> {
  const literal = quoteStringLiteral(password);
  const parts = accounts.map(({ user, host, hash, canRetain }) => {
    // There is nothing to keep of an empty one, and MySQL refuses to.
    const retain = canRetain && hash !== '' ? ' RETAIN CURRENT PASSWORD' : '';
    return `${quoteAccount(user, host)} IDENTIFIED BY ${literal}${retain}`;
  });
  await session.query(`ALTER USER ${parts.join(', ')}`);
}

/**
 * One statement an account: MariaDB does a statement on several accounts for some of them and fails for the others. When
 * the server refuses one, those before it get their former password back.
 */
async function setOnMariadb(accounts: readonly Account[], password: string, session: AdminSession): Promise<void> {
  const isJudged = await judgesPasswords(session);
  const changed: Account[] = [];
  for (const account of accounts) {
    try {
      await (isJudged
        ? setJudgedPassword(account, password, session)
        : setHash(account, nativeHash(password), session));
      changed.push(account);
    } catch (error) {
      if (error instanceof JobError && !error.retryable) await takeBack(changed, session, error);
      throw error;
    }
  }
}

/** MariaDB writes a password after IDENTIFIED BY to its logs as it is; a hash is worth nothing there. */
async function setHash({ user, host }: AccountName, hash: string, session: AdminSession): Promise<void> {
  await session.query(`ALTER USER ${quoteAccount(user, host)} ${identifiedBy(hash)}`);
}

export const identifiedBy = (hash: string): string =>
  `IDENTIFIED VIA mysql_native_password USING ${quoteStringLiteral(hash)}`;

async function takeBack(changed: readonly Account[], session: AdminSession, refusal: JobError): Promise<void> {
  try {
    for (const account of changed) await setHash(account, account.hash, session);
  } catch {
    const hosts = changed.map(({ host }) => JSON.stringify(host)).join(', ');
    throw new JobError(
      refusal.code,
      `${refusal.message} The accounts of this name for ${hosts} have the new password already, which Parameter Store ` +
        'keeps as password_pending.',
      { cause: refusal },
    );
  }
}
