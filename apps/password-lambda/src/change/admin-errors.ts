import { JobError, type ErrorCode } from '@serverless-ops/job-schemas';
import {
  mysqlErrorCode,
  quoteAccount,
  translateMysqlError,
  type ServerConnection,
} from '@serverless-ops/mysql-connect';

/** What a statement is for. */
export interface StatementContext {
  /** What to grant to the administrator when the server says that it lacks a right: `SELECT ON mysql.user`. */
  readonly missingRight?: string;
  /** The statement grants what operations wrote into the parameter `grant`. */
  readonly grants?: boolean;
}

interface AdminContext extends StatementContext {
  readonly connection: ServerConnection;
  /** The administrator's account, as the server calls it: user and host. */
  readonly account: string;
}

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

/** How an old server says that it has no such table or column. */
const UNKNOWN_TO_THE_SERVER = ['ER_BAD_FIELD_ERROR', 'ER_NO_SUCH_TABLE', 'ER_PARSE_ERROR', 'ER_SYNTAX_ERROR'];

/** How they say that an account may not do something; the last is also what a failed login is called. */
const DENIED = [
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_ERROR',
];

/** A statement's failure as a `JobError` that says what to do. It never holds the statement. */
export function translateAdminError(error: unknown, context: AdminContext): JobError {
  if (error instanceof JobError) return error;
  const { connection } = context;
  const translated = translateMysqlError(error, connection);
  const code = mysqlErrorCode(error) ?? '';
  const words = error instanceof Error ? error.message.replace(/\.$/, '') : '';
  const [to, message] = inOwnWords(code, words, context) ?? [];
  return to === undefined || message === undefined
    ? translated
    : new JobError(to, message, { cause: translated.cause });
}

function inOwnWords(code: string, words: string, context: AdminContext): [ErrorCode, string] | undefined {
  if (POLICY.includes(code)) {
    return [
      'PasswordRefused',
      `The server refuses the new password: ${words}. The old password still works. ` +
        'Choose a password that its rules allow, or change the rules, and order the job again.',
    ];
  }
  if (context.grants === true && CANNOT_GRANT.includes(code)) {
    return [
      'ParameterInvalid',
      `The server cannot grant what the parameter "grant" says: ${words}. The account exists and has no rights yet. ` +
        'Correct the grant and order the job again, with create_if_missing: it takes up from here.',
    ];
  }
  if (code === 'ER_WRONG_STRING_LENGTH') {
    return ['InvalidRequest', `The server has no account of such a name: ${words}. Shorten db_user.`];
  }
  if (code === 'ER_OPTION_PREVENTS_STATEMENT') {
    return /read[-_ ]only/i.test(words)
      ? ['ServerReadOnly', `The server takes no changes: ${words}. Set db_host to the writer and order the job again.`]
      : ['AccessDenied', `The server's options forbid the change: ${words}. Change that option at the server.`];
  }
  if (code === 'ER_CANNOT_USER') {
    return [
      'AccountNotFound',
      `The server says: ${words}. It gives no reason; most often another session dropped or renamed the account. Compare ` +
        'db_user with SHOW CREATE USER at the server, then order the job again.',
    ];
  }
  if (UNKNOWN_TO_THE_SERVER.includes(code)) {
    return [
      'ServerUnsupported',
      `The server does not know what a change of a password uses: ${words}. Check that it is MySQL 5.7.20 or MariaDB 10.4 ` +
        'at least, and that its system tables were upgraded with it.',
    ];
  }
  if (DENIED.includes(code)) return ['AccessDenied', lacksRight(words, context)];
  return undefined;
}

/** Says the statement that gives the right, as far as the server tells which one is missing. */
function lacksRight(words: string, { connection, account, missingRight }: AdminContext): string {
  const [, named] = /at least one of\) the ([A-Z_ ]+?)(?:,| or | privilege)/.exec(words) ?? [];
  const right = missingRight ?? (named === undefined ? undefined : `${named} ON *.*`);
  const advice =
    right === undefined
      ? 'Grant it what docs/password-change.md lists.'
      : `Run at the server: GRANT ${right.replace(/ WITH GRANT OPTION$/, '')} TO ${grantee(account)}` +
        `${right.endsWith(' WITH GRANT OPTION') ? ' WITH GRANT OPTION' : ''}; then order the job again.`;
  return (
    `The account ${JSON.stringify(connection.user)}, which changes passwords, lacks a right. The server says: ${words}. ` +
    advice
  );
}

function grantee(account: string): string {
  const at = account.lastIndexOf('@');
  return quoteAccount(account.slice(0, at), account.slice(at + 1)).replaceAll('`', "'");
}
