import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { JobError } from '@serverless-ops/job-schemas';
import { createConnection, type Connection, type SslOptions } from 'mysql2/promise';
import { certificateAuthorities } from './certificate-authorities.ts';
import type { DatabaseConnection, ServerConnection } from './database-connection.ts';
import { endWhenSilent } from './end-when-silent.ts';
import { openSocket } from './in-place-reads.ts';
import { pinSession, type SessionTimeouts } from './pinned-session.ts';
import { mysqlErrorCode, translateMysqlError } from './translate-mysql-error.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * No statement here is prepared. The driver keeps room for 16,000 prepared statements of each connection unless told
 * otherwise: 512 KB, and most of the work of garbage collection where connections are short.
 */
const MAX_PREPARED_STATEMENTS = 1;

const SILENT_SECONDS = 300;

/**
 * After so long without a byte, the kernel asks whether the other side is there. That ends a connection whose server or
 * route is gone, and keeps NAT gateways and load balancers, which forget a connection after 350 idle seconds.
 */
const KEEP_ALIVE_MS = 30_000;

export interface ConnectOptions extends SessionTimeouts {
  /** How long reaching the server and logging in may take, together. @default 10 s */
  readonly timeoutMs?: number;
}

/**
 * Logs in, to the database where one is named, and gives a session whose character set, sql_mode, limits and timeouts are
 * the same on every server, whatever its configuration and `init_connect` say; the caller ends the session. Throws the
 * JobErrors of {@link translateMysqlError}.
 */
export async function connect(
  connection: ServerConnection | DatabaseConnection,
  { timeoutMs = CONNECT_TIMEOUT_MS, ...timeouts }: ConnectOptions = {},
): Promise<Connection> {
  try {
    const session = await logIn(connection, timeoutMs);
    endWhenSilent(session, (connection.silentSeconds ?? SILENT_SECONDS) * 1000);
    // Pinned or closed: no caller gets a session in another state, and none stays open behind an error.
    await session.query(pinSession(timeouts)).catch((error: unknown) => {
      session.destroy();
      throw error;
    });
    return session;
  } catch (error) {
    throw translateMysqlError(error, connection);
  }
}

async function logIn(connection: ServerConnection | DatabaseConnection, connectTimeout: number): Promise<Connection> {
  const { host, port, user, password, tls } = connection;
  const open = (ssl?: SslOptions): Promise<Connection> =>
    createConnection({
      ...{ host, port, user, password, connectTimeout, charset: 'utf8mb4', keepAliveInitialDelay: KEEP_ALIVE_MS },
      maxPreparedStatements: MAX_PREPARED_STATEMENTS,
      ...('database' in connection && { database: connection.database }),
      ...(ssl ? { ssl } : { stream: () => openSocket(host, port, KEEP_ALIVE_MS) }),
    });
  switch (tls.mode) {
    case 'loopback':
      return open();
    case 'verify':
      refuseAddress(host);
      return open({ ca: await trusted(tls.caFile), verifyIdentity: true });
    case 'INSECURE_unverified':
      try {
        return await open({ rejectUnauthorized: false });
      } catch (error) {
        if (mysqlErrorCode(error) !== 'HANDSHAKE_NO_SSL_SUPPORT') throw error;
        return open();
      }
  }
}

async function trusted(caFile: string | undefined): Promise<string[]> {
  return caFile === undefined ? certificateAuthorities() : [await readFile(caFile, 'utf8')];
}

/** The driver compares a certificate with a name only: an address would be checked as if it were `localhost`. */
function refuseAddress(host: string): void {
  if (!isIP(host)) return;
  throw new JobError(
    'ParameterInvalid',
    `db_host is the address ${host}, but the server's certificate can only be verified against a name. ` +
      'Set db_host to the name of the server, such as the endpoint that RDS shows.',
  );
}
