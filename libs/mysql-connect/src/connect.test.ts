import { once } from 'node:events';
import type { Socket } from 'node:net';
import { inspect } from 'node:util';
import { JobError } from '@serverless-ops/job-schemas';
import { DATABASE_FLAVORS, startMariadb, startTcpProxy, type DatabaseServer } from '@serverless-ops/test-servers';
import type { RowDataPacket } from 'mysql2/promise';
import { connect } from './connect.ts';
import type { DatabaseConnection } from './database-connection.ts';
import { translateMysqlError } from './translate-mysql-error.ts';

const PASSWORD = "S3cr3t 'with' \\ #quotes\"";

/** What the attempt to connect is refused with; fails the test when it succeeds. */
async function refusal(connection: DatabaseConnection): Promise<JobError> {
  const outcome = await connect(connection).then(
    (session) => session.destroy(),
    (error: unknown) => error,
  );
  if (!(outcome instanceof JobError)) throw new Error(`Expected a JobError, not ${inspect(outcome)}`);
  expect(inspect(outcome, { depth: null })).not.toContain('S3cr3t');
  return outcome;
}

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`connecting to ${flavor}`, () => {
    let plain: DatabaseServer;
    let secure: DatabaseServer;
    let connection: DatabaseConnection;
    let verified: DatabaseConnection;

    beforeAll(async () => {
      [plain, secure] = await Promise.all([start(), start({ tlsHostName: 'localhost' })]);
      for (const server of [plain, secure]) {
        await server.query('CREATE DATABASE shop');
        await server.query('CREATE DATABASE forbidden');
        await server.query(`CREATE USER 'app'@'%' IDENTIFIED BY 'S3cr3t ''with'' \\\\ #quotes"'`);
        await server.query(`GRANT SELECT ON shop.* TO 'app'@'%'`);
      }
      const login = { user: 'app', password: PASSWORD, database: 'shop' };
      connection = { ...login, host: '127.0.0.1', port: plain.port, tls: { mode: 'loopback' } };
      const tls = { mode: 'verify', ...(secure.caFile !== undefined && { caFile: secure.caFile }) } as const;
      verified = { ...login, host: 'localhost', port: secure.port, tls };
    }, 120_000);
    afterAll(() => Promise.all([plain.stop(), secure.stop()]));

    test('gives a session in utf8mb4 with the sql_mode that quoting relies on', async () => {
      await plain.query("SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'");

      const session = await connect(connection);
      const [rows] = await session.query<RowDataPacket[]>(
        'SELECT @@sql_mode AS mode, @@character_set_client AS charset, DATABASE() AS name, ? AS text',
        ["x' OR \\' 🙂"],
      );

      session.destroy();
      expect(rows).toEqual([{ mode: 'STRICT_ALL_TABLES', charset: 'utf8mb4', name: 'shop', text: "x' OR \\' 🙂" }]);
    });

    test('chooses no database when none is named', async () => {
      const { database: _, ...login } = connection;

      const session = await connect(login);
      const [rows] = await session.query<RowDataPacket[]>('SELECT DATABASE() AS name');

      session.destroy();
      expect(rows).toEqual([{ name: null }]);
    });

    test('gives the same session whatever the configuration of the server and its init_connect say', async () => {
      const before = await plain.query('SHOW GLOBAL VARIABLES');
      const globals = {
        ...{ sql_select_limit: 3, max_join_size: 10, sql_safe_updates: 1, lock_wait_timeout: 5, wait_timeout: 77 },
        ...{ time_zone: "'+05:00'", autocommit: 0, character_set_server: 'latin1' },
        ...(flavor === 'MariaDB'
          ? { max_statement_time: 1, tx_read_only: 1, system_versioning_asof: "'2001-01-01'" }
          : { max_execution_time: 1000, transaction_read_only: 1 }),
      };
      for (const [name, value] of Object.entries(globals)) await plain.query(`SET GLOBAL ${name} = ${value}`);
      await plain.query("SET GLOBAL init_connect = 'SET NAMES latin1'");

      const session = await connect(connection, { idleSeconds: 20 });
      const [rows] = await session.query<RowDataPacket[]>('SHOW SESSION VARIABLES');
      const [[text]] = await session.query<RowDataPacket[]>("SELECT 'jörg' AS name, HEX('jörg') AS bytes");
      session.destroy();
      for (const name of [...Object.keys(globals), 'init_connect']) {
        const value = String(before.find(({ Variable_name: one }) => one === name)?.['Value']);
        const literal = /^[\d.]+$/.test(value) || ['DEFAULT', 'ON', 'OFF'].includes(value) ? value : `'${value}'`;
        await plain.query(`SET GLOBAL ${name} = ${literal}`);
      }

      const variables = Object.fromEntries(
        rows.map((row) => [String(row['Variable_name']), String(row['Value'])] as const),
      );
      expect(text).toEqual({ name: 'jörg', bytes: '6AC3B67267' });
      expect(variables).toMatchObject({
        ...{ character_set_client: 'utf8mb4', character_set_results: 'utf8mb4', character_set_connection: 'utf8mb4' },
        ...{ collation_connection: 'utf8mb4_general_ci', sql_mode: 'STRICT_ALL_TABLES', time_zone: '+00:00' },
        ...{ autocommit: 'ON', sql_safe_updates: 'OFF', sql_select_limit: '18446744073709551615' },
        ...{ max_join_size: '18446744073709551615', lock_wait_timeout: '30', innodb_lock_wait_timeout: '30' },
        ...{ wait_timeout: '20', net_read_timeout: '60', net_write_timeout: '600' },
        ...(flavor === 'MariaDB'
          ? { max_statement_time: '0.000000', tx_read_only: 'OFF', system_versioning_asof: 'DEFAULT' }
          : { max_execution_time: '0', transaction_read_only: 'OFF' }),
      });
    });

    test('says that init_connect of the server fails', async () => {
      await plain.query("SET GLOBAL init_connect = 'SELECT no_such_column'");

      const error = await refusal(connection);

      await plain.query("SET GLOBAL init_connect = ''");
      expect(error).toMatchObject({
        code: 'SessionSetupFailed',
        message: expect.stringContaining('(init_connect command failed). Its init_connect fails') as string,
      });
    });

    test('never runs two statements in one', async () => {
      const session = await connect(connection);

      await expect(session.query('SELECT 1; SELECT 2')).rejects.toThrow('syntax');

      session.destroy();
    });

    test('outlives a session that the server kills while it is idle: the next statement tells', async () => {
      const session = await connect(connection);

      const { stream } = (session as unknown as { connection: { stream: Socket } }).connection;
      const closed = once(stream, 'close');
      await plain.query(`KILL ${session.threadId}`);
      await closed;

      const failure: unknown = await session.query('SELECT 1').catch((error: unknown) => error);
      expect(translateMysqlError(failure, connection).code).toBe('ConnectionLost');
    });

    async function sessionsOf(user: string): Promise<number> {
      const condition = `user = '${user}' AND command <> 'Killed'`;
      const rows = await plain.query(`SELECT id FROM information_schema.processlist WHERE ${condition}`);
      return rows.length;
    }

    test('refuses a wrong password', async () => {
      expect(await refusal({ ...connection, password: 'not S3cr3t' })).toMatchObject({
        code: 'AccessDenied',
        message: expect.stringContaining('Check db_user and db_pass') as string,
      });
    });

    test('refuses a database that the user has no rights on', async () => {
      expect(await refusal({ ...connection, database: 'forbidden' })).toMatchObject({
        code: 'AccessDenied',
        message: expect.stringContaining('grant rights on forbidden') as string,
      });
    });

    test('says that an account is locked, as a refusal', async () => {
      await plain.query("CREATE USER 'locked'@'%' IDENTIFIED BY 'S3cr3t' ACCOUNT LOCK");

      const refused = await refusal({ ...connection, user: 'locked', password: 'S3cr3t' });

      expect(refused.code).toBe('AccessDenied');
      expect(refused.message).toContain('the account is locked or its password has expired');
    });

    test('refuses an unknown database', async () => {
      const asRoot = { user: 'root', password: plain.rootPassword, database: 'missing' };
      expect(await refusal({ ...connection, ...asRoot })).toMatchObject({
        code: 'DatabaseNotFound',
        message: expect.stringContaining('Check db_name') as string,
      });
    });

    test('says so when the account may have no more connections', async () => {
      await plain.query(`ALTER USER 'app'@'%' WITH MAX_USER_CONNECTIONS 1`);
      const only = await connect(connection);

      const error = await refusal(connection);

      only.destroy();
      await plain.query(`ALTER USER 'app'@'%' WITH MAX_USER_CONNECTIONS 0`);
      expect(error).toMatchObject({
        code: 'AccessDenied',
        message: expect.stringMatching(/has reached a limit\. The server says: .*max_user_connections/) as string,
      });
    });

    test('leaves no session behind that it cannot pin', async () => {
      await plain.query(`ALTER USER 'app'@'%' WITH MAX_QUERIES_PER_HOUR 1`);
      const first = await connect(connection);
      first.destroy();

      const error = await refusal(connection);

      await plain.query(`ALTER USER 'app'@'%' WITH MAX_QUERIES_PER_HOUR 0`);
      expect(error.code).toBe('AccessDenied');
      expect(error.message).toContain("'app' has exceeded the");
      // The server takes a moment to notice; a session that stays makes this time out.
      while ((await sessionsOf('app')) > 0);
    });

    test('reports a connection that breaks off while logging in as lost', async () => {
      await using proxy = await startTcpProxy({ targetPort: plain.port, cutAfterBytes: 1 });

      const error = await refusal({ ...connection, port: proxy.port });

      expect(error.code).toBe('ConnectionLost');
    });

    test('verifies the certificate', async () => {
      const session = await connect(verified);
      const [rows] = await session.query<RowDataPacket[]>("SHOW SESSION STATUS LIKE 'Ssl_cipher'");

      session.destroy();
      expect(rows).toEqual([{ Variable_name: 'Ssl_cipher', Value: expect.stringContaining('TLS_') as string }]);
    });

    test('refuses a certificate of an authority that it does not know', async () => {
      expect(await refusal({ ...verified, tls: { mode: 'verify' } })).toMatchObject({
        code: 'DatabaseUnreachable',
        message: expect.stringContaining('self-signed certificate in certificate chain') as string,
      });
    });

    test('refuses a certificate that is made out to another host', async () => {
      await using elsewhere = await start({ tlsHostName: 'db.example.com' });

      const tls = { mode: 'verify', ...(elsewhere.caFile !== undefined && { caFile: elsewhere.caFile }) } as const;
      const error = await refusal({ ...verified, port: elsewhere.port, tls });

      expect(error).toMatchObject({
        code: 'DatabaseUnreachable',
        message: expect.stringContaining("does not match certificate's altnames") as string,
      });
    });

    test('refuses to verify an address, which no name in a certificate stands for', async () => {
      expect(await refusal({ ...verified, host: '127.0.0.1' })).toMatchObject({
        code: 'ParameterInvalid',
        message: expect.stringContaining('Set db_host to the name of the server') as string,
      });
    });

    test('unverified takes any certificate', async () => {
      const session = await connect({ ...verified, tls: { mode: 'INSECURE_unverified' } });
      const [rows] = await session.query<RowDataPacket[]>("SHOW SESSION STATUS LIKE 'Ssl_cipher'");

      session.destroy();
      expect(rows).not.toEqual([{ Variable_name: 'Ssl_cipher', Value: '' }]);
    });
  });
}

describe('connecting to a MariaDB server without TLS', () => {
  let server: DatabaseServer;
  let connection: DatabaseConnection;
  beforeAll(async () => {
    server = await startMariadb();
    const { port, rootPassword: password } = server;
    connection = { host: 'localhost', port, user: 'root', password, database: 'mysql', tls: { mode: 'verify' } };
  });
  afterAll(() => server.stop());

  test('is refused before the password is sent', async () => {
    expect(await refusal(connection)).toMatchObject({
      code: 'DatabaseUnreachable',
      message: expect.stringContaining('offers no TLS') as string,
    });
  });

  test('works unverified', async () => {
    const session = await connect({ ...connection, tls: { mode: 'INSECURE_unverified' } });

    expect(session.threadId).toBeGreaterThan(0);
    session.destroy();
  });
});

describe('connecting to a server that is not there', () => {
  const nowhere = { port: 1, user: 'app', password: PASSWORD, database: 'shop', tls: { mode: 'loopback' } } as const;

  test('names the port that nothing listens on', async () => {
    expect(await refusal({ ...nowhere, host: '127.0.0.1' })).toMatchObject({
      code: 'DatabaseUnreachable',
      message:
        'Database "shop" on 127.0.0.1:1, as user "app": nothing listens on port 1 there. ' +
        'Check db_host and db_port, and that the server runs.',
    });
  });

  test('says that the name cannot be resolved', async () => {
    expect(await refusal({ ...nowhere, host: 'no-such-host.invalid' })).toMatchObject({
      code: 'DatabaseUnreachable',
      message: expect.stringContaining('DNS does not resolve the name of the host') as string,
    });
  });
});
