import type { ErrorCode } from '@serverless-ops/job-schemas';
import type { DatabaseConnection, ServerConnection } from './database-connection.ts';

/** How one kind of failure is told. */
export interface MysqlErrorTranslation {
  /** Codes of MySQL, of the driver, or of Node. */
  readonly from: readonly string[];
  readonly to: ErrorCode;
  /** What is wrong and what to do; comes after "<which database>: ". */
  readonly says: (connection: ServerConnection | DatabaseConnection, message: string) => string;
}

const NETWORK = 'Check the security groups and routes between the worker and the server';

/** The failures that an operator can do something about; every other is a fault of ours. */
export const MYSQL_ERROR_TRANSLATIONS: readonly MysqlErrorTranslation[] = [
  {
    from: ['ER_ACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR', 'ER_ACCESS_DENIED_CHANGE_USER_ERROR'],
    to: 'AccessDenied',
    says: () =>
      'the server refused this user and password. Check db_user and db_pass, and the host the account is for.',
  },
  {
    from: ['ER_DBACCESS_DENIED_ERROR'],
    to: 'AccessDenied',
    says: (connection) =>
      'the user has no rights on this database, or it does not exist. Check db_name, or grant rights on ' +
      `${'database' in connection ? connection.database : 'it'}.`,
  },
  {
    from: [
      'ER_TABLEACCESS_DENIED_ERROR',
      'ER_SPECIFIC_ACCESS_DENIED_ERROR',
      'ER_COLUMNACCESS_DENIED_ERROR',
      'ER_PROCACCESS_DENIED_ERROR',
    ],
    to: 'AccessDenied',
    says: (_, message) => `the user lacks a right. The server says: ${message}. Grant it to the user of db_user.`,
  },
  {
    from: ['ER_ACCOUNT_HAS_BEEN_LOCKED', 'ER_MUST_CHANGE_PASSWORD', 'ER_MUST_CHANGE_PASSWORD_LOGIN'],
    to: 'AccessDenied',
    says: () => 'the account is locked or its password has expired. Unlock it or set a new password.',
  },
  {
    from: ['ER_HOST_NOT_PRIVILEGED'],
    to: 'AccessDenied',
    says: () => "no account of the server allows a login from the worker's address. Create one for its subnets.",
  },
  {
    from: ['ER_BAD_DB_ERROR'],
    to: 'DatabaseNotFound',
    says: () => 'the server has no database of that name. Check db_name.',
  },
  {
    from: ['ECONNREFUSED'],
    to: 'DatabaseUnreachable',
    says: ({ port }) => `nothing listens on port ${port} there. Check db_host and db_port, and that the server runs.`,
  },
  {
    from: ['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'HANDSHAKE_TIMEOUT'],
    to: 'DatabaseUnreachable',
    says: () => `the server did not answer in time or there is no way to it. ${NETWORK}, and db_host.`,
  },
  {
    from: ['ENOTFOUND', 'EAI_AGAIN'],
    to: 'DatabaseUnreachable',
    says: () => `the name of the host could not be resolved. Check db_host, and the DNS settings of the VPC.`,
  },
  {
    from: ['HANDSHAKE_NO_SSL_SUPPORT'],
    to: 'DatabaseUnreachable',
    says: () => 'the server offers no TLS, and without it the password would be readable. Switch TLS on at the server.',
  },
  {
    from: ['HANDSHAKE_SSL_ERROR'],
    to: 'DatabaseUnreachable',
    says: (_, message) =>
      `TLS failed: ${message}. Check that db_host is the name in the server's certificate, and who issued it.`,
  },
  {
    from: ['ER_CON_COUNT_ERROR', 'ER_TOO_MANY_USER_CONNECTIONS', 'ER_USER_LIMIT_REACHED', 'ER_HOST_IS_BLOCKED'],
    to: 'DatabaseUnreachable',
    says: (_, message) => `the server takes no more connections. It says: ${message}. Try later, or raise its limit.`,
  },
  {
    from: [
      'PROTOCOL_CONNECTION_LOST',
      'ECONNRESET',
      'EPIPE',
      'ER_SERVER_SHUTDOWN',
      'ER_CONNECTION_KILLED',
      'ER_QUERY_INTERRUPTED',
      'ER_CLIENT_INTERACTION_TIMEOUT',
    ],
    to: 'ConnectionLost',
    says: () => "the connection broke off. Look for a restart, failover or KILL in the server's log, then try again.",
  },
];
