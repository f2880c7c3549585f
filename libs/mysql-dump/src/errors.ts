import { JobError } from '@serverless-ops/job-schemas';
import { mysqlErrorCode, translateMysqlError, type DatabaseConnection } from '@serverless-ops/mysql-connect';

/** How a server refuses to read a table whose definition is no longer the one that the dump was planned with. */
const DEFINITION_CHANGED = new Set([
  'ER_TABLE_DEF_CHANGED',
  'ER_NO_SUCH_TABLE',
  'ER_BAD_TABLE_ERROR',
  'ER_BAD_FIELD_ERROR',
  'ER_KEY_DOES_NOT_EXITS',
  'ER_KEY_DOES_NOT_EXIST',
]);

/** An error of reading a table's rows as the `JobError` that an operator can act on. */
export function readError(error: unknown, table: string, connection: DatabaseConnection): JobError {
  if (error instanceof JobError) return error;
  if (!DEFINITION_CHANGED.has(mysqlErrorCode(error) ?? '')) return translateMysqlError(error, connection);
  return tablesChanged([table]);
}

/** Another session created, altered, truncated or dropped tables meanwhile; `seen` is what shows it of the first. */
export function tablesChanged(tables: readonly string[], seen?: string): JobError {
  const [first = '', ...others] = tables;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return new JobError(
    'DatabaseBusy',
    `The definition of table "${first}"${more} changed${seen === undefined ? '' : ` (${seen})`} during the dump, which is therefore of no use. ` +
      'ALTER, TRUNCATE, OPTIMIZE, RENAME, CREATE and DROP do that. Take the backup at a time without them.',
  );
}
