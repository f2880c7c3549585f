import { JobError } from '@serverless-ops/job-schemas';
import { quoteAccount, quoteStringLiteral } from '@serverless-ops/mysql-connect';
import type { AccountName } from './accounts.ts';
import type { AdminSession } from './admin-session.ts';

const JUDGES =
  "SELECT COUNT(*) AS judges FROM information_schema.plugins WHERE plugin_type = 'PASSWORD VALIDATION' AND plugin_status = 'ACTIVE'";

/** Longer than any statement takes, in seconds: a year. */
const NEVER_SLOW = 31_536_000;

/**
 * Whether MariaDB judges passwords, which it cannot do with a hash: `strict_password_validation` is on, and a plugin for
 * it is active. Where it does not, it is never sent anything but a hash.
 */
export async function judgesPasswords(session: AdminSession): Promise<boolean> {
  if (session.flavor !== 'mariadb' || session.variable('strict_password_validation') !== 'ON') return false;
  const [row] = await session.query(JUDGES);
  return Number(row?.['judges']) > 0;
}

/**
 * Lets MariaDB judge a password and set it. MariaDB writes only its hash to the binary log, and the password itself to
 * the general and the slow log, which this session is kept out of.
 */
export async function setJudgedPassword(
  { user, host }: AccountName,
  password: string,
  session: AdminSession,
): Promise<void> {
  await keepOutOfLogs(session);
  await session.query(`SET PASSWORD FOR ${quoteAccount(user, host)} = PASSWORD(${quoteStringLiteral(password)})`);
}

/** Throws JobError AccessDenied when the general log is on and the administrator may not keep a session out of it. */
async function keepOutOfLogs(session: AdminSession): Promise<void> {
  await session.query(`SET SESSION long_query_time = ${NEVER_SLOW}`);
  if (session.variable('general_log') !== 'ON') return;
  await session.query('SET SESSION sql_log_off = 1').catch((error: unknown) => {
    throw new JobError(
      'AccessDenied',
      'MariaDB judges passwords here (strict_password_validation), so it needs the password itself, and its general log ' +
        'is on and would show it. Nothing was done. Switch general_log off, or let the account that changes passwords ' +
        'keep its session out of it: GRANT SUPER ON *.* to it. Then order the job again.',
      { cause: error },
    );
  });
}
