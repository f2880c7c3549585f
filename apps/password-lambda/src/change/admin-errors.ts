import { JobError } from '@serverless-ops/job-schemas';
import { mysqlErrorCode, translateMysqlError, type ServerConnection } from '@serverless-ops/mysql-connect';

/** How servers say that a password is against their rules. */
const POLICY = [
  'ER_NOT_VALID_PASSWORD',
  'ER_CREDENTIALS_CONTRADICT_TO_HISTORY',
  'ER_USER_REUSE_EXISTS',
  'ER_PASSWORD_EXPIRE_ANONYMOUS_USER',
];

/** How they say that a grant, although it is well-formed, means nothing on this server. */
const CANNOT_GRANT = [
  'ER_BAD_FIELD_ERROR',
  'ER_ILLEGAL_GRANT_FOR_TABLE',
  'ER_NO_SUCH_TABLE',
  'ER_TOO_LONG_IDENT',
  'ER_WRONG_DB_NAME',
  'ER_WRONG_USAGE',
];

/** How they say that an account may not do something; the last is also what a failed login is called. */
const DENIED = [
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_ERROR',
];

/** A statement's failure as a `JobError` that says what to do. It never holds the statement. */
export function translateAdminError(error: unknown, connection: ServerConnection): JobError {
  if (error instanceof JobError) return error;
  const code = mysqlErrorCode(error) ?? '';
  const translated = translateMysqlError(error, connection);
  const words = error instanceof Error ? error.message : '';
  const cause = translated.cause;
  if (POLICY.includes(code)) {
    return new JobError(
      'PasswordRefused',
      `The server refuses the new password: ${words}. The old one still works. ` +
        'Give a password that its rules allow, or change the rules, and order the job again.',
      { cause },
    );
  }
  if (CANNOT_GRANT.includes(code)) {
    return new JobError(
      'ParameterInvalid',
      `The server cannot grant what the parameter "grant" says: ${words}. The account exists and has no rights yet. ` +
        'Correct the grant and order the job again, with create_if_missing: it takes up from here.',
      { cause },
    );
  }
  if (code === 'ER_WRONG_STRING_LENGTH') {
    return new JobError('InvalidRequest', `The server has no account of such a name: ${words}. Shorten db_user.`, {
      cause,
    });
  }
  if (DENIED.includes(code)) {
    return new JobError(
      'AccessDenied',
      `The account ${JSON.stringify(connection.user)}, which changes passwords, lacks a right. The server says: ` +
        `${words}. Grant it what docs/password-change.md lists.`,
      { cause },
    );
  }
  return translated;
}
