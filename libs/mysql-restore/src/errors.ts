import { JobError } from '@serverless-ops/job-schemas';
import { mysqlErrorCode, translateMysqlError, type ServerConnection } from '@serverless-ops/mysql-connect';

/** Of what the server says of a statement; it may quote the statement. */
const MAX_SAID_CHARACTERS = 300;

/** The bytes of a backup are those of its manifest, but do not mean what the manifest says. */
export function notAsManifestSays(key: string, why: string): JobError {
  return new JobError(
    'BackupCorrupt',
    `The object ${key} of the backup is not what its manifest says: ${why}. Restore another backup, and report this one.`,
  );
}

/** Sessions of one restore got into each other's way. What one of them did is rolled back, and can be done again. */
export function isDeadlock(error: unknown): boolean {
  return ['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT'].includes(mysqlErrorCode(error) ?? '');
}

/**
 * How the server refused a statement of the backup, `what` says of which: "the definition of table "orders"". The rows that
 * it may quote stay out of the error.
 */
export function refused(error: unknown, what: string, connection: ServerConnection): JobError {
  const translated = translateMysqlError(error, connection);
  if (translated.code !== 'InternalError' || error instanceof JobError) return translated;
  const { errno, sqlState, message = '' } = error as { errno?: number; sqlState?: string; message?: string };
  if (sqlState === undefined) return translated;
  const said = what.startsWith('rows of') ? (mysqlErrorCode(error) ?? '') : message.slice(0, MAX_SAID_CHARACTERS);
  return new JobError(
    'RestoreFailed',
    `The server refused ${what}: error ${errno} (SQLSTATE ${sqlState}) ${said}. The target holds a part of the backup, ` +
      'and is marked as such. Remove the reason, then order the same job again: it starts clean.',
    { cause: translated.cause },
  );
}
