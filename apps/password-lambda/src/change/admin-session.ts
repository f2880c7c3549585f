import { connect, mysqlErrorCode, translateMysqlError, type ServerConnection } from '@serverless-ops/mysql-connect';
import type { RowDataPacket } from 'mysql2/promise';
import { JobError } from '@serverless-ops/job-schemas';
import { translateAdminError } from './admin-errors.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A session of the account that changes others. Every failure of a statement is a JobError without the statement. */
export interface AdminSession {
  readonly flavor: 'mysql' | 'mariadb';
  /** The address that the server sees us at. */
  readonly address: string;
  query(sql: string): Promise<Row[]>;
  /** Runs a statement that the server may refuse with one of these codes, and says whether it took it. */
  isTaken(sql: string, refusals: readonly string[]): Promise<boolean>;
  /** Safe to call twice. */
  close(): void;
}

/** A server that swallows packets must be told as that within five seconds. */
export const CONNECT_TIMEOUT_MS = 4000;

/** After this long without a word from us the server ends the session, and with it the lock on the account. */
const IDLE_SECONDS = 20;

/** Logs in without choosing a database. Throws JobError. */
export async function openAdminSession(connection: ServerConnection): Promise<AdminSession> {
  const driver = await connect(connection, { timeoutMs: CONNECT_TIMEOUT_MS });
  const run = async (sql: string): Promise<Row[]> => {
    const [rows] = await driver.query<RowDataPacket[]>(sql);
    return rows;
  };
  const query = (sql: string): Promise<Row[]> =>
    run(sql).catch((error: unknown) => {
      throw translateAdminError(error, connection);
    });
  try {
    await query(`SET SESSION wait_timeout = ${IDLE_SECONDS}`);
    const [server] = await query('SELECT VERSION() AS version, USER() AS self, @@SESSION.sql_mode AS mode');
    assertQuotingHolds(String(server?.['mode']));
    const self = String(server?.['self']);
    const flavor = /mariadb/i.test(String(server?.['version'])) ? 'mariadb' : 'mysql';
    // Otherwise a GRANT to an account that does not exist creates one, without a password. MySQL 8 has unlearned it.
    if (flavor === 'mariadb') await query("SET SESSION sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_CREATE_USER')");
    return {
      flavor,
      address: self.slice(self.lastIndexOf('@') + 1),
      query,
      async isTaken(sql, refusals) {
        try {
          await run(sql);
          return true;
        } catch (error) {
          if (refusals.includes(mysqlErrorCode(error) ?? '')) return false;
          throw translateAdminError(error, connection);
        }
      },
      close: () => driver.destroy(),
    };
  } catch (error) {
    driver.destroy();
    throw translateMysqlError(error, connection);
  }
}

/** Something between us and the server, such as a proxy, could have put the mode back. */
function assertQuotingHolds(sqlMode: string): void {
  if (!/NO_BACKSLASH_ESCAPES|ANSI_QUOTES/.test(sqlMode)) return;
  throw new JobError(
    'InternalError',
    `The session's sql_mode is ${sqlMode} although another was set, so a password cannot be quoted safely. ` +
      'Connect to the server itself and not to a proxy, and report it with the log of this job.',
  );
}
