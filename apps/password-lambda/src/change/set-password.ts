import { JobError } from '@serverless-ops/job-schemas';
import { quoteAccount, quoteStringLiteral } from '@serverless-ops/mysql-connect';
import type { Account } from './accounts.ts';
import type { AdminSession } from './admin-session.ts';
import { isHashOf, nativeHash, PASSWORD_PLUGINS } from './password-hash.ts';

/**
 * What MariaDB says where it judges passwords, which it cannot do with a hash: `strict_password_validation`, and a plugin
 * for it. ALTER USER says no more than that it failed.
 */
export const HASH_REFUSED = ['ER_OPTION_PREVENTS_STATEMENT', 'ER_CANNOT_USER'];

/** Throws JobError InvalidRequest for an account that proves itself by other means than a password of ours. */
export function refuseOtherPlugins(accounts: readonly Account[], session: AdminSession): void {
  const allowed = session.flavor === 'mariadb' ? ['mysql_native_password'] : PASSWORD_PLUGINS;
  const other = accounts.find(({ plugin }) => !allowed.includes(plugin));
  if (other === undefined) return;
  throw new JobError(
    'InvalidRequest',
    `The account ${JSON.stringify(other.user)} for the host ${JSON.stringify(other.host)} logs in by ${other.plugin}, ` +
      `so it has no password for this job to change. Nothing was done. Possible are ${allowed.join(', ')}.`,
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

/** MariaDB writes a password after IDENTIFIED BY to its logs as it is; a hash is worth nothing there. */
async function setOnMariadb(accounts: readonly Account[], password: string, session: AdminSession): Promise<void> {
  const via = `IDENTIFIED VIA mysql_native_password USING ${quoteStringLiteral(nativeHash(password))}`;
  const parts = accounts.map(({ user, host }) => `${quoteAccount(user, host)} ${via}`);
  if (await session.isTaken(`ALTER USER ${parts.join(', ')}`, HASH_REFUSED)) return;
  for (const account of accounts) await setJudgedPassword(account, password, session);
}

/** MariaDB judges the password, and writes its hash to the binary log. Only a general log would show the password. */
export async function setJudgedPassword(
  { user, host }: Pick<Account, 'user' | 'host'>,
  password: string,
  session: AdminSession,
): Promise<void> {
  await session.query(`SET PASSWORD FOR ${quoteAccount(user, host)} = PASSWORD(${quoteStringLiteral(password)})`);
}
