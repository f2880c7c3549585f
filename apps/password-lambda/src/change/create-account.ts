import { quoteAccount, quoteStringLiteral } from '@serverless-ops/mysql-connect';
import type { AccountName } from './accounts.ts';
import type { AdminSession } from './admin-session.ts';
import { nativeHash } from './password-hash.ts';
import { judgesPasswords, setJudgedPassword } from './judged-password.ts';
import { identifiedBy } from './set-password.ts';

/** A new account, without any rights. Throws JobError PasswordRefused, AccessDenied, ConnectionLost. */
export async function createAccount(
  account: AccountName,
  password: string,
  session: AdminSession,
  generate: () => string,
): Promise<void> {
  const quoted = quoteAccount(account.user, account.host);
  if (session.flavor === 'mysql') {
    await session.query(`CREATE USER ${quoted} IDENTIFIED BY ${quoteStringLiteral(password)}`);
    return;
  }
  if (!(await judgesPasswords(session))) {
    await session.query(`CREATE USER ${quoted} ${identifiedBy(nativeHash(password))}`);
    return;
  }
  // MariaDB writes this password to its logs as it is, and a moment later it is worth nothing.
  await session.query(`CREATE USER ${quoted} IDENTIFIED BY ${quoteStringLiteral(generate())}`);
  try {
    await setJudgedPassword(account, password, session);
  } catch (error) {
    await session.query(`DROP USER ${quoted}`);
    throw error;
  }
}
