import { mysqlErrorCode } from '@serverless-ops/mysql-connect';
import type { Row } from './admin-session.ts';

/** What MariaDB and MySQL number the refusals that hide behind "Operation ALTER USER failed". */
const CODES: Partial<Record<number, string>> = {
  1044: 'ER_DBACCESS_DENIED_ERROR',
  1142: 'ER_TABLEACCESS_DENIED_ERROR',
  1227: 'ER_SPECIFIC_ACCESS_DENIED_ERROR',
  1290: 'ER_OPTION_PREVENTS_STATEMENT',
  1819: 'ER_NOT_VALID_PASSWORD',
  1836: 'ER_READ_ONLY_MODE',
};

/**
 * The error that made a statement on an account fail. Servers answer with error 1396, "Operation ALTER USER failed", and
 * put the reason into the list of warnings, where the next statement can read it.
 */
export async function errorBehind(error: unknown, run: (sql: string) => Promise<Row[]>): Promise<unknown> {
  if (mysqlErrorCode(error) !== 'ER_CANNOT_USER') return error;
  const warnings = await run('SHOW WARNINGS').catch(() => []);
  for (const { Code: errno, Message: message } of warnings) {
    const code = CODES[Number(errno)];
    // SQLSTATE marks an error as one of the server, whose statement must not get into a log.
    if (code !== undefined)
      return Object.assign(new Error(String(message)), { code, errno: Number(errno), sqlState: 'HY000' });
  }
  return error;
}
