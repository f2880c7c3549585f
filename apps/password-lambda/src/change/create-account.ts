import { quoteAccount, quoteStringLiteral } from '@serverless-ops/mysql-connect';
import type { Account } from './accounts.ts';
import type { AdminSession } from './admin-session.ts';
import { nativeHash } from './password-hash.ts';
import { HASH_REFUSED, setJudgedPassword } from './set-password.ts';

/** A new account, without any rights. Throws JobError PasswordRefused, AccessDenied, ConnectionLost. */
export async function createAccount(
  account: Pick<Account, 'user' | 'host'>,
  password: string,
  session: AdminSession,
  generate: () => string,
): Promise<void> {
  const quoted = quoteAccount(account.user, account.host);
  if (session.flavor === 'mysql') {
    await session.query(`CREATE USER ${quoted} IDENTIFIED BY ${quoteStringLiteral(password)}`);
    return;
  }
  const via = `IDENTIFIED VIA mysql_native_password USING ${quoteStringLiteral(nativeHash(password))}`;
  if (await session.isTaken(`CREATE USER ${quoted} ${via}`, HASH_REFUSED)) return;
  // MariaDB writes this password to its binary log as it is, and a moment later it is worth nothing.
  await session.query(`CREATE USER ${quoted} IDENTIFIED BY ${quoteStringLiteral(generate())}`);
  try {
    await setJudgedPassword(account, password, session);
  } catch (error) {
    await session.query(`DROP USER ${quoted}`);
    throw error;
  }
}
