import { JobError } from '@serverless-ops/job-schemas';
import type { DatabaseConnection } from './database-connection.ts';
import { MYSQL_ERROR_TRANSLATIONS } from './mysql-error-translations.ts';

/** What MySQL, MariaDB, the driver or Node calls the error; undefined when it is none of theirs. */
export function mysqlErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * An error of a connection, or of a statement over it, as the `JobError` an operator can act on. Neither the cause nor
 * the error kept in it holds the statement, in which a password may stand.
 */
export function translateMysqlError(error: unknown, connection: DatabaseConnection): JobError {
  if (error instanceof JobError) return error;
  if (error instanceof Error && 'sql' in error) delete error.sql;
  const { host, port, user, database } = connection;
  const where = `Database "${database}" on ${host}:${port}, as user "${user}"`;
  const code = mysqlErrorCode(error);
  const translation = MYSQL_ERROR_TRANSLATIONS.find(({ from }) => code !== undefined && from.includes(code));
  if (translation === undefined) {
    const what = `unexpected error ${code ?? String(error)}. Report it with the log of this job.`;
    return new JobError('InternalError', `${where}: ${what}`, { cause: error });
  }
  const message = error instanceof Error ? error.message : '';
  return new JobError(translation.to, `${where}: ${translation.says(connection, message)}`, { cause: error });
}
