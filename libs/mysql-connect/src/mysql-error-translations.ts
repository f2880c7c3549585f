import type { ErrorCode } from '@serverless-ops/job-schemas';
import type { DatabaseConnection, ServerConnection } from './database-connection.ts';
import { SERVER_SILENT } from './end-when-silent.ts';

/** The code and the text for one kind of failure. */
export interface MysqlErrorTranslation {
  /** Codes of MySQL, of the driver, or of Node. */
  readonly from: readonly string[];
  readonly to: ErrorCode;
  /** What is wrong and what to do; comes after "<which database>: ". */
  readonly says: (connection: ServerConnection | DatabaseConnection, message: string) => string;
}

const NETWORK = 'Check the security groups and routes between the job and the server';

/**
 * How a server refuses a login or a statement by a limit of the account, which is over in an hour at the earliest or when
 * other sessions end. It has accepted the password by then.
 */
export const LIMIT_REACHED = ['ER_USER_LIMIT_REACHED', 'ER_TOO_MANY_USER_CONNECTIONS'] as const;

/** The failures that an operator can do something about. */
export const MYSQL_ERROR_TRANSLATIONS: readonly MysqlErrorTranslation[] = [
  {
    from: ['ER_ACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR', 'ER_ACCESS_DENIED_CHANGE_USER_ERROR'],
    to: 'AccessDenied',
    says: () =>
      'the server refused this user and password. Check db_user and db_pass, the host of the account, and ' +
      'its REQUIRE clause (SSL or X509).',
  },
  {
    from: ['ER_DBACCESS_DENIED_ERROR'],
    to: 'AccessDenied',
    says: (connection) =>
      'the user has no rights on this database, or the database does not exist. Check db_name, or grant rights on ' +
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
    says: (_, message) =>
      `the user lacks a right. The server says: ${message}. Grant this right to the user of db_user.`,
  },
  {
    from: ['ER_USER_ACCESS_DENIED_FOR_USER_ACCOUNT_BLOCKED_BY_PASSWORD_LOCK', 'ER_USER_IS_BLOCKED'],
    to: 'AccessDenied',
    says: () =>
      'the server blocks the account after failed logins. Find who logs in with a wrong password, then unblock it: ' +
      'ALTER USER ... ACCOUNT UNLOCK on MySQL, FLUSH PRIVILEGES on MariaDB.',
  },
  {
    from: ['ER_ACCOUNT_HAS_BEEN_LOCKED', 'ER_MUST_CHANGE_PASSWORD', 'ER_MUST_CHANGE_PASSWORD_LOGIN'],
    to: 'AccessDenied',
    says: () => 'the account is locked or its password has expired. Unlock it or set a new password.',
  },
  {
    from: ['ER_PLUGIN_IS_NOT_LOADED', 'AUTH_SWITCH_PLUGIN_ERROR', 'ER_SERVER_IS_IN_SECURE_AUTH_MODE'],
    to: 'AccessDenied',
    says: (_, message) => {
      const [, plugin = 'a hash of the old format'] = /plugin '?(\w+)/i.exec(message) ?? [];
      return (
        `the account logs in with ${plugin}, which the job or the server does not support. Give it a password of another plugin: ` +
        'caching_sha2_password on MySQL, mysql_native_password on MariaDB.'
      );
    },
  },
  {
    from: ['ER_HOST_NOT_PRIVILEGED'],
    to: 'AccessDenied',
    says: () => "no account of the server allows a login from the job's address. Create one for its subnets.",
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
    says: () => `the server did not answer in time, or the network has no route to it. ${NETWORK}, and db_host.`,
  },
  {
    from: ['ENOTFOUND', 'EAI_AGAIN'],
    to: 'DatabaseUnreachable',
    says: () => `DNS does not resolve the name of the host. Check db_host, and the DNS settings of the VPC.`,
  },
  {
    from: ['HANDSHAKE_NO_SSL_SUPPORT'],
    to: 'DatabaseUnreachable',
    says: () => 'the server offers no TLS, so the network could read the password. Switch TLS on at the server.',
  },
  {
    from: ['HANDSHAKE_SSL_ERROR'],
    to: 'DatabaseUnreachable',
    says: (_, message) =>
      `TLS failed: ${message}. Check that the server's certificate has the name in db_host and comes from a known authority.`,
  },
  {
    from: [...LIMIT_REACHED],
    to: 'AccessDenied',
    says: (_, message) =>
      `the account has reached a limit. The server says: ${message}. Raise this limit with ALTER USER ... WITH, or in the ` +
      'configuration of the server.',
  },
  {
    from: ['ER_CON_COUNT_ERROR'],
    to: 'DatabaseUnreachable',
    says: (_, message) =>
      `the server accepts no more connections. The server says: ${message}. Try later, or raise its limit.`,
  },
  {
    from: ['ER_HOST_IS_BLOCKED'],
    to: 'DatabaseUnreachable',
    says: () =>
      "the server blocks the job's address after broken connections. Run FLUSH HOSTS (MySQL 8.4 and later: " +
      'TRUNCATE TABLE performance_schema.host_cache) at the server, and find out what breaks the connections.',
  },
  {
    from: ['ER_SECURE_TRANSPORT_REQUIRED'],
    to: 'DatabaseUnreachable',
    says: () =>
      'the server accepts connections with TLS only, and this connection has no TLS. A job uses no TLS on its own ' +
      'machine: set db_host to another name of the server.',
  },
  {
    from: ['ER_SERVER_OFFLINE_MODE'],
    to: 'DatabaseUnreachable',
    says: () => 'the server is in offline mode. Switch offline_mode off when its maintenance is done.',
  },
  {
    from: ['ER_NEW_ABORTING_CONNECTION'],
    to: 'SessionSetupFailed',
    says: (_, message) =>
      `the login succeeded, but then the server ended the session: ${message}. Its init_connect fails for this ` +
      'account: correct the statement in init_connect at the server.',
  },
  {
    from: ['ER_READ_ONLY_MODE', 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION'],
    to: 'ServerReadOnly',
    says: (_, message) =>
      `the server accepts no changes. The server says: ${message}. Set db_host to the writer, such as the cluster endpoint of Aurora.`,
  },
  {
    from: ['ER_UNKNOWN_SYSTEM_VARIABLE', 'ER_NOT_SUPPORTED_YET', 'ER_UNKNOWN_CHARACTER_SET', 'ER_UNKNOWN_COLLATION'],
    to: 'ServerUnsupported',
    says: (_, message) =>
      `the server lacks what the job needs. The server says: ${message}. Jobs need MySQL 5.7.20 or later, or MariaDB 10.4 or later: upgrade the server.`,
  },
  {
    from: ['ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_NOWAIT', 'ER_STATEMENT_TIMEOUT'],
    to: 'DatabaseUnreachable',
    says: () =>
      'another session holds a lock on a table that the job needs. Find that session with SHOW PROCESSLIST, end it, and order the job again.',
  },
  {
    from: [SERVER_SILENT],
    to: 'ConnectionLost',
    says: (_, message) =>
      `${message}, so the connection was given up. ${NETWORK}, and look for a long lock or a failover in the server's log.`,
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
    says: () =>
      "the connection was lost. Look for a restart, failover or KILL in the server's log, then order the job again.",
  },
];
