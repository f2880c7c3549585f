import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import type { ChangeRequest } from '../change-request.ts';
import { PARAMETERS, startChangeBench, type ChangeBench } from '../testing/change-bench.ts';

/** An account that a change would lock out or could not prove, and what the job says. */
interface Row {
  readonly title: string;
  readonly setUp: readonly string[];
  readonly tidyUp?: readonly string[];
  readonly code: string;
  readonly words: string;
  readonly only?: 'MariaDB' | 'MySQL 9';
  readonly request?: Partial<ChangeRequest>;
}

const MARY = `CREATE USER mary IDENTIFIED BY 'Before-1'`;

const ROWS: readonly Row[] = [
  {
    title: 'is for other hosts',
    setUp: [`CREATE USER 'mary'@'10.0.%' IDENTIFIED BY 'Before-1', 'mary'@'app1.example' IDENTIFIED BY 'Before-1'`],
    code: 'AccountUnusable',
    words: ', and the job logs in from 127.0.0.1',
  },
  {
    title: 'is locked',
    setUp: [`${MARY} ACCOUNT LOCK`],
    code: 'AccountUnusable',
    words: 'ALTER USER `mary`@`%` ACCOUNT UNLOCK',
  },
  {
    title: 'requires any certificate of the client',
    setUp: [`${MARY} REQUIRE X509`],
    code: 'AccountUnusable',
    words: 'requires a client certificate',
  },
  {
    title: 'requires a certain certificate of the client',
    setUp: [`${MARY} REQUIRE SUBJECT '/CN=app'`],
    code: 'AccountUnusable',
    words: 'requires a client certificate',
  },
  {
    title: 'requires TLS where the connection has none',
    setUp: [`${MARY} REQUIRE SSL`],
    code: 'AccountUnusable',
    words: "requires TLS, and the job's connection to the server has none",
  },
  {
    title: 'is on a server that is read-only',
    setUp: [MARY, 'SET GLOBAL read_only = 1'],
    tidyUp: ['SET GLOBAL read_only = 0'],
    code: 'ServerReadOnly',
    words: 'its read_only is ON',
  },
  {
    title: 'is on a server that is read-only for administrators, too',
    only: 'MySQL 9',
    setUp: [MARY, 'SET GLOBAL super_read_only = 1'],
    tidyUp: ['SET GLOBAL super_read_only = 0', 'SET GLOBAL read_only = 0'],
    code: 'ServerReadOnly',
    words: 'as on a replica or an Aurora reader',
  },
  {
    title: 'cannot begin a session, because init_connect fails',
    setUp: [MARY, `SET GLOBAL init_connect = 'SELECT no_such_column'`],
    tidyUp: [`SET GLOBAL init_connect = ''`],
    code: 'SessionSetupFailed',
    words: 'Its init_connect fails for this account',
  },
  {
    title: 'is a role',
    setUp: ['CREATE ROLE mary'],
    tidyUp: ['DROP ROLE mary'],
    code: 'InvalidRequest',
    words: '"mary" is a role on the server',
  },
  ...[
    ...['SUPER', 'CREATE USER', 'REPLICATION SLAVE', 'SHUTDOWN'],
    ...['INSERT', 'UPDATE', 'DELETE', 'ALTER', 'DROP'],
  ].map((right) => ({
    title: `has ${right} on the whole server`,
    setUp: [MARY, `GRANT ${right} ON *.* TO mary`],
    code: 'AccountProtected',
    words: `It has the rights of an administrator or of replication: ${right}`,
  })),
  {
    title: 'may pass on what it has on the whole server',
    setUp: [MARY, `GRANT SELECT ON *.* TO mary WITH GRANT OPTION`],
    code: 'AccountProtected',
    words: 'GRANT OPTION',
  },
  {
    title: 'may write the tables of the accounts',
    setUp: [MARY, `GRANT UPDATE ON mysql.* TO mary`],
    code: 'AccountProtected',
    words: 'UPDATE ON mysql.*',
  },
  {
    title: 'may drop a table of the accounts',
    setUp: [MARY, `GRANT DROP ON mysql.db TO mary`],
    code: 'AccountProtected',
    words: 'DROP ON mysql.*',
  },
  {
    title: 'may write a column of the tables of the accounts',
    setUp: [MARY, `GRANT UPDATE (Host) ON mysql.db TO mary`],
    code: 'AccountProtected',
    words: 'UPDATE ON mysql.*',
  },
  {
    title: 'has several factors',
    only: 'MySQL 9' as const,
    setUp: [
      `INSTALL PLUGIN auth_socket SONAME 'auth_socket.so'`,
      `CREATE USER mary IDENTIFIED BY 'Unknown-1' AND IDENTIFIED WITH auth_socket`,
    ],
    tidyUp: ['UNINSTALL PLUGIN auth_socket'],
    code: 'InvalidRequest',
    words: 'logs in with caching_sha2_password AND auth_socket',
  },
  {
    title: 'is locked for the address of the job, and open for its network',
    setUp: [
      `CREATE USER 'mary'@'127.0.0.0/255.255.255.0' IDENTIFIED BY 'Unknown-1'`,
      `CREATE USER 'mary'@'127.0.0.1' IDENTIFIED BY 'Unknown-1' ACCOUNT LOCK`,
    ],
    code: 'AccountUnusable',
    words: 'ALTER USER `mary`@`127.0.0.1` ACCOUNT UNLOCK',
  },
  {
    title: 'is for a network in a way that MariaDB does not know',
    only: 'MariaDB' as const,
    setUp: [`CREATE USER 'mary'@'127.0.0.0/8' IDENTIFIED BY 'Unknown-1'`],
    code: 'AccountUnusable',
    words: 'for "127.0.0.0/8", and the job logs in from 127.0.0.1',
  },
  ...['SYSTEM_USER', 'REPLICATION_SLAVE_ADMIN', 'ROLE_ADMIN', 'CONNECTION_ADMIN'].map((right) => ({
    title: `has the dynamic privilege ${right}`,
    only: 'MySQL 9' as const,
    setUp: [MARY, `GRANT ${right} ON *.* TO mary`],
    code: 'AccountProtected',
    words: right,
  })),
  ...[
    ...['SET USER', 'FEDERATED ADMIN', 'CONNECTION ADMIN', 'READ_ONLY ADMIN', 'REPLICATION SLAVE ADMIN'],
    ...['REPLICATION MASTER ADMIN', 'BINLOG ADMIN', 'BINLOG REPLAY'],
  ].map((right) => ({
    title: `has ${right}`,
    only: 'MariaDB' as const,
    setUp: [MARY, `GRANT ${right} ON *.* TO mary`],
    code: 'AccountProtected',
    words: right,
  })),
  {
    title: 'has an administrative right by a role of a role',
    setUp: [
      ...[MARY, 'CREATE ROLE inner_role', 'CREATE ROLE outer_role', 'GRANT SUPER ON *.* TO inner_role'],
      ...['GRANT inner_role TO outer_role', 'GRANT outer_role TO mary'],
    ],
    tidyUp: ['DROP ROLE inner_role, outer_role'],
    code: 'AccountProtected',
    words: 'SUPER (by the role inner_role)',
  },
  {
    title: 'has an administrative right by the role PUBLIC',
    only: 'MariaDB' as const,
    setUp: [MARY, 'GRANT UPDATE ON mysql.* TO PUBLIC'],
    tidyUp: ['REVOKE UPDATE ON mysql.* FROM PUBLIC'],
    code: 'AccountProtected',
    words: 'UPDATE ON mysql.* (by the role PUBLIC)',
  },
  {
    title: 'has an administrative right by a mandatory role',
    only: 'MySQL 9' as const,
    setUp: [
      ...[MARY, `CREATE ROLE clerk, 'the chief'@'%'`, `GRANT SUPER ON *.* TO 'the chief'@'%'`],
      "SET GLOBAL mandatory_roles = 'clerk,`the chief`@`%`'",
    ],
    tidyUp: [`SET GLOBAL mandatory_roles = ''`, `DROP ROLE clerk, 'the chief'@'%'`],
    code: 'AccountProtected',
    words: 'SUPER (by the role the chief)',
  },
  {
    title: 'is to be created with administrative rights',
    setUp: [],
    request: { create_if_missing: true, grant: 'GRANT ALL PRIVILEGES ON *.* TO mary' },
    code: 'AccountProtected',
    words: 'Its grant gives the rights of an administrator',
  },
  {
    title: 'is to be created for other hosts',
    setUp: [],
    request: { create_if_missing: true, grant: "GRANT SELECT ON shop.* TO 'mary'@'10.0.%'" },
    code: 'AccountUnusable',
    words: 'for "10.0.%", and the job logs in from 127.0.0.1',
  },
];

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`before anything is changed on ${flavor}, an account`, () => {
    let server: DatabaseServer;
    let bench: ChangeBench;

    beforeAll(async () => {
      server = await start();
      await server.query('CREATE DATABASE shop');
      // root would be let through by a server that is read-only or whose init_connect fails.
      await server.query(`CREATE USER rotator IDENTIFIED BY 'Admin-1'`);
      await server.query('GRANT ALL PRIVILEGES ON *.* TO rotator WITH GRANT OPTION');
    }, 120_000);
    afterAll(() => server.stop());
    beforeEach(async () => {
      bench = await startChangeBench(server);
      bench.store.put(PARAMETERS.admin_user, 'rotator', 'String');
      bench.store.put(PARAMETERS.admin_password, 'Admin-1');
      bench.store.put(PARAMETERS.password, 'Before-1');
    });
    afterEach(async () => {
      await bench.stop();
      for (const { Host: host } of await server.query(`SELECT Host FROM mysql.user WHERE User = 'mary'`)) {
        await server.query(`DROP USER 'mary'@'${String(host)}'`);
      }
    });

    /** Everything that a change could have touched. */
    async function state(): Promise<unknown> {
      const table = flavor === 'MariaDB' ? 'mysql.global_priv' : 'mysql.user';
      return [await server.query(`SELECT * FROM ${table} ORDER BY User, Host`), bench.store.parameters.list()];
    }

    test.each(ROWS.filter(({ only = flavor }) => only === flavor))(
      'that $title is refused',
      async ({ setUp, tidyUp = [], code, words, request }) => {
        for (const sql of setUp) await server.query(sql);
        const before = await state();

        const error = await bench.failure(request);

        const after = await state();
        for (const sql of tidyUp) await server.query(sql);
        expect(error).toMatchObject({ code, message: expect.stringContaining(words) as string });
        expect(error.message).not.toMatch(/report it|DNS|subnets reach/i);
        expect(after).toEqual(before);
      },
    );

    test('that comes after an anonymous account is refused', async () => {
      await server.query(MARY);
      // Logins of root would come after it, too.
      const root = await server.connect();
      await root.query(`CREATE USER 'rotator'@'127.0.0.1' IDENTIFIED BY 'Admin-1'`);
      await root.query(`GRANT ALL PRIVILEGES ON *.* TO 'rotator'@'127.0.0.1' WITH GRANT OPTION`);
      await root.query(`CREATE USER ''@'127.0.0.1' IDENTIFIED BY 'Anonymous-2'`);

      const error = await bench.failure();

      await root.query(`DROP USER ''@'127.0.0.1', 'rotator'@'127.0.0.1'`);
      await root.end();
      expect(error).toMatchObject({
        code: 'AccountUnusable',
        message: expect.stringContaining(`"127.0.0.1" comes first for logins from 127.0.0.1. Drop it`) as string,
      });
      expect(await bench.logIn('Before-1')).toBe('mary@%');
    });

    test('that is privileged is changed once operations has registered it as that', async () => {
      await server.query(MARY);
      await server.query('GRANT SUPER, REPLICATION SLAVE ON *.* TO mary');

      expect(await bench.change({ account: 'privileged' })).toMatchObject({ changed: true });
      expect(await bench.logIn()).toBe('mary@%');
    });

    test('named root is refused as an application, whatever its rights are', async () => {
      expect(await bench.failure({ db_user: 'root' })).toMatchObject({
        code: 'AccountProtected',
        message: expect.stringContaining('the name root') as string,
      });
    });

    test('is changed although a role has its name', async () => {
      const role = flavor === 'MariaDB' ? 'mary' : `'mary'@'localhost'`;
      await server.query(MARY);
      await server.query(`CREATE ROLE ${role}`);

      const result = await bench.change();

      await server.query(`DROP ROLE ${role}`);
      expect(result).toMatchObject({ changed: true });
      expect(await bench.logIn()).toBe('mary@%');
    });

    test('whose given password is too long for a login without TLS is left as it is', async () => {
      await server.query(MARY);
      bench.store.put(PARAMETERS.new_password, 'y'.repeat(214));

      const refused = await bench.change({ generate: false }).catch((error: unknown) => error);

      if (flavor === 'MariaDB') expect(await bench.logIn()).toBe('mary@%');
      else {
        expect(refused).toMatchObject({
          code: 'ParameterInvalid',
          message: expect.stringContaining('213 bytes') as string,
        });
        expect(await bench.logIn('Before-1')).toBe('mary@%');
        expect(bench.store.get(PARAMETERS.password_pending)).toBeUndefined();
        bench.store.put(PARAMETERS.new_password, 'y'.repeat(213));
        expect(await bench.change({ generate: false })).toMatchObject({ changed: true });
        expect(await bench.logIn()).toBe('mary@%');
      }
    });

    test('that backs up, with all rights of a backup, is an application', async () => {
      await server.query(MARY);
      await server.query(
        'GRANT SELECT, RELOAD, PROCESS, LOCK TABLES, REPLICATION CLIENT, SHOW VIEW, TRIGGER, EVENT, EXECUTE ON *.* TO mary',
      );

      expect(await bench.change()).toMatchObject({ changed: true });
    });

    test('whose connections are used up is changed: a refusal by that limit proves the password', async () => {
      await server.query(`${MARY} WITH MAX_USER_CONNECTIONS 1`);
      const { createConnection } = await import('mysql2/promise');
      const only = await createConnection({ host: '127.0.0.1', port: server.port, user: 'mary', password: 'Before-1' });

      const result = await bench.change();
      const refused = await bench.logIn();
      await only.end();

      expect(result).toMatchObject({ changed: true });
      expect(refused).toBe('AccessDenied');
      // The server takes a moment to see that the other one has gone.
      let loggedIn = refused;
      while (loggedIn === 'AccessDenied') loggedIn = await bench.logIn();
      expect(loggedIn).toBe('mary@%');
      expect(bench.store.get(PARAMETERS.password_pending)).toBeUndefined();
    });

    test('whose present password is not in Parameter Store is changed although init_connect fails: the login proves it', async () => {
      await server.query(MARY);
      bench.store.remove(PARAMETERS.password);
      await server.query('GRANT SUPER ON *.* TO rotator');
      await server.query(`SET GLOBAL init_connect = 'SELECT no_such_column'`);

      const result = await bench.change();

      await server.query(`SET GLOBAL init_connect = ''`);
      expect(result).toMatchObject({ changed: true });
      expect(await bench.logIn()).toBe('mary@%');
    });

    if (flavor !== 'MariaDB') {
      test('that is blocked after failed logins is refused while its present password is known', async () => {
        await server.query(`${MARY} FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME UNBOUNDED`);
        expect(await bench.logIn('wrong')).toBe('AccessDenied');

        expect(await bench.failure()).toMatchObject({
          code: 'AccountUnusable',
          message: expect.stringMatching(
            /BLOCKED_BY_PASSWORD_LOCK.*unblock it: ALTER USER .* work first\. Then/,
          ) as string,
        });

        await server.query('ALTER USER mary ACCOUNT UNLOCK');
        expect(await bench.logIn('Before-1')).toBe('mary@%');
      });
    }

    test.each(['jörg', 'žofie'])(
      'called %j is found and changed whatever init_connect makes of the session',
      async (user) => {
        await server.query(`CREATE USER '${user}' IDENTIFIED BY 'Before-1'`);
        bench.store.put(PARAMETERS.new_password, 'pässwörd-2');
        await server.query(`REVOKE SUPER ON *.* FROM rotator`);
        await server.query(`SET GLOBAL init_connect = 'SET NAMES latin1'`);

        const result = await bench.change({ db_user: user, generate: false });

        const loggedIn = await bench.logIn('pässwörd-2', user);
        await server.query(`SET GLOBAL init_connect = ''`);
        await server.query(`GRANT SUPER ON *.* TO rotator`);
        await server.query(`DROP USER '${user}'`);
        expect(result).toMatchObject({ changed: true });
        expect(loggedIn).toBe(`${user}@%`);
      },
    );
  });
}
