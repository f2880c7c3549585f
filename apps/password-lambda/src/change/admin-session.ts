import { JobError, ORPHANED_LOCK_SECONDS } from '@serverless-ops/job-schemas';
import {
  connect,
  PINNED_CHARACTER_SET,
  PINNED_SQL_MODE,
  translateMysqlError,
  type ServerConnection,
} from '@serverless-ops/mysql-connect';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { translateAdminError, type StatementContext } from './admin-errors.ts';
import { errorBehind } from './error-behind.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A session of the account that changes others. Every failure of a statement is a JobError without the statement. */
export interface AdminSession {
  readonly flavor: 'mysql' | 'mariadb';
  /** Whether the server has roles and dynamic privileges in tables of their own: MySQL from 8.0 on. */
  readonly hasRoles: boolean;
  /** The address that the server sees us at. */
  readonly address: string;
  /** That address, and our own one where the server shows a name. */
  readonly addresses: readonly string[];
  readonly isEncrypted: boolean;
  /** A global variable of the server; undefined where it has none of that name. */
  readonly variable: (name: ServerVariable) => string | undefined;
  /** `context` says what the statement is for, so that its failure can name what is missing. */
  query(sql: string, context?: StatementContext): Promise<Row[]>;
  /** Safe to call twice. */
  close(): void;
}

/** The global variables that a change depends on; a server has only those that it knows. */
const VARIABLES = [
  'general_log',
  'innodb_read_only',
  'mandatory_roles',
  'partial_revokes',
  'read_only',
  'strict_password_validation',
  'super_read_only',
] as const;

type ServerVariable = (typeof VARIABLES)[number];

/** A server that swallows packets must be told as that within five seconds. */
export const CONNECT_TIMEOUT_MS = 4000;

/** What MariaDB gives one statement of a change: the function has 90 s in all. */
const STATEMENT_SECONDS = 30;

/** From here on a server has what a change reads and writes. */
const OLDEST = { mysql: 'MySQL 5.7.20', mariadb: 'MariaDB 10.4' } as const;
const OLDEST_NUMBERS = { mysql: [5, 7, 20], mariadb: [10, 4, 0] } as const;

/** Logs in without choosing a database. Throws JobError. */
export async function openAdminSession(connection: ServerConnection): Promise<AdminSession> {
  // After this long without a word from us the server ends the session, and with it the lock on the account.
  const driver = await connect(connection, { timeoutMs: CONNECT_TIMEOUT_MS, idleSeconds: ORPHANED_LOCK_SECONDS });
  const run = async (sql: string): Promise<Row[]> => {
    const [rows] = await driver.query<RowDataPacket[]>(sql);
    return rows;
  };
  let account = connection.user;
  const query: AdminSession['query'] = (sql, context = {}) =>
    run(sql).catch(async (error: unknown) => {
      throw translateAdminError(await errorBehind(error, run), { connection, account, ...context });
    });
  try {
    const [server] = await query(
      'SELECT VERSION() AS version, USER() AS self, CURRENT_USER() AS account, @@SESSION.sql_mode AS mode, ' +
        '@@SESSION.character_set_client AS charset',
    );
    assertPinned(String(server?.['mode']), String(server?.['charset']));
    const version = String(server?.['version']);
    const self = String(server?.['self']);
    account = String(server?.['account']);
    const flavor = /mariadb/i.test(version) ? 'mariadb' : 'mysql';
    const numbers = versionNumbers(version);
    assertNewEnough(flavor, numbers, version);
    // Otherwise a GRANT to an account that does not exist creates one, without a password. MySQL 8 has unlearned it.
    // And where old_passwords is on, PASSWORD() makes a hash that no login of today is taken for. A statement that waits
    // for FLUSH TABLES WITH READ LOCK knows no lock_wait_timeout.
    if (flavor === 'mariadb') {
      await query(
        "SET SESSION sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_CREATE_USER'), SESSION old_passwords = 0, " +
          `SESSION max_statement_time = ${STATEMENT_SECONDS}`,
      );
    }
    const names = VARIABLES.map((name) => `'${name}'`).join(', ');
    const rows = await query(`SHOW GLOBAL VARIABLES WHERE Variable_name IN (${names})`);
    const variables = new Map(rows.map((row) => [String(row['Variable_name']), String(row['Value'])] as const));
    const [cipher] = await query("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
    const address = self.slice(self.lastIndexOf('@') + 1);
    const own = localAddressOf(driver);
    return {
      flavor,
      hasRoles: flavor === 'mysql' && (numbers[0] ?? 0) >= 8,
      address,
      addresses: own === undefined ? [address] : [address, own],
      isEncrypted: cipher !== undefined && cipher['Value'] !== '',
      variable: (name) => variables.get(name),
      query,
      close: () => driver.destroy(),
    };
  } catch (error) {
    driver.destroy();
    throw translateMysqlError(error, connection);
  }
}

/** MariaDB puts `5.5.5-` before its own version for old replicas. */
function versionNumbers(version: string): number[] {
  const [, ...numbers] = /^(?:5\.5\.5-)?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return numbers.map(Number);
}

function assertNewEnough(flavor: 'mysql' | 'mariadb', numbers: readonly number[], version: string): void {
  const oldest = OLDEST_NUMBERS[flavor];
  const different = oldest.findIndex((number, index) => number !== numbers[index]);
  if (different === -1 || (numbers[different] ?? 0) > (oldest[different] ?? 0)) return;
  throw new JobError(
    'ServerUnsupported',
    `The server is version ${version}. Jobs change passwords on ${OLDEST[flavor]} or later. Upgrade the server, or change ` +
      'the password by hand.',
  );
}

/** A proxy between the job and the server can put the session back to what it was. */
function assertPinned(sqlMode: string, characterSet: string): void {
  const isQuotingSafe = !/NO_BACKSLASH_ESCAPES|ANSI_QUOTES/.test(sqlMode);
  if (isQuotingSafe && characterSet === PINNED_CHARACTER_SET) return;
  throw new JobError(
    'SessionSetupFailed',
    `The session has the sql_mode ${sqlMode} and the character set ${characterSet}, although the job set ` +
      `${PINNED_SQL_MODE} and ${PINNED_CHARACTER_SET}. Something between the job and the server put them back. Set db_host to ` +
      'the server itself and not to a proxy.',
  );
}

/** The driver has the socket, and its types do not. */
function localAddressOf(driver: Connection): string | undefined {
  const { stream } = (driver as unknown as { connection?: { stream?: { localAddress?: string } } }).connection ?? {};
  return stream?.localAddress?.replace(/^::ffff:/, '');
}
