import { JobError } from '@serverless-ops/job-schemas';
import type { DatabaseConnection, ServerConnection } from './database-connection.ts';
import { MYSQL_ERROR_TRANSLATIONS } from './mysql-error-translations.ts';

/** What errors of the server, of the driver and of Node have in common. */
interface ForeignError {
  readonly code?: string;
  readonly errno?: number;
  /** Only the server's own errors have it. */
  readonly sqlState?: string;
  readonly message?: string;
}

/** MariaDB's own error numbers. The driver knows none, or has the name of what MySQL calls so, of bulk loads alone. */
const MARIADB_CODES: Partial<Record<number, string>> = {
  1927: 'ER_CONNECTION_KILLED',
  1969: 'ER_STATEMENT_TIMEOUT',
  4150: 'ER_USER_IS_BLOCKED',
  4151: 'ER_ACCOUNT_HAS_BEEN_LOCKED',
};

/** How the driver refuses a statement once the connection broke off while idle; it gives it no code. */
const CLOSED = "Can't add new command when connection is in closed state";

/** What the server, the driver or Node calls the error; undefined when it is none of theirs. */
export function mysqlErrorCode(error: unknown): string | undefined {
  const { code, errno = 0, message = '' } = asForeign(error);
  return MARIADB_CODES[errno] ?? code ?? (message === CLOSED ? 'PROTOCOL_CONNECTION_LOST' : undefined);
}

/**
 * An error of a connection, or of a statement over it, as the `JobError` an operator can act on. Neither its message
 * nor its `cause` holds the statement, which may have a password or a customer's data in it.
 */
export function translateMysqlError(error: unknown, connection: ServerConnection | DatabaseConnection): JobError {
  if (error instanceof JobError) return error;
  const { host, port, user } = connection;
  const database = 'database' in connection ? `Database "${connection.database}" on` : 'Database server';
  const where = `${database} ${host}:${port}, as user "${user}"`;
  const cause = withoutStatement(error);
  const code = mysqlErrorCode(error);
  const translation = MYSQL_ERROR_TRANSLATIONS.find(({ from }) => code !== undefined && from.includes(code));
  if (translation === undefined) {
    const { message = String(cause) } = asForeign(cause);
    const isOfServer = asForeign(error).sqlState !== undefined;
    const advice = isOfServer
      ? "Look for the reason in the server's error log and for the number in its documentation, then order the job again."
      : 'Report it with the log of this job.';
    return new JobError('InternalError', `${where}: ${message}. ${advice}`, { cause });
  }
  const { message = '' } = asForeign(error);
  return new JobError(translation.to, `${where}: ${translation.says(connection, message)}`, { cause });
}

/** What the server says of a bad statement quotes it, and the driver attaches the whole of it. */
function withoutStatement(error: unknown): unknown {
  const { errno, sqlState } = asForeign(error);
  if (sqlState === undefined) return error;
  const code = mysqlErrorCode(error);
  const answer = `the server answered ${code ?? 'an error'} (${String(errno)}, SQLSTATE ${sqlState})`;
  return Object.assign(new Error(answer), code !== undefined && { code });
}

function asForeign(error: unknown): ForeignError {
  return typeof error === 'object' && error !== null ? error : {};
}
