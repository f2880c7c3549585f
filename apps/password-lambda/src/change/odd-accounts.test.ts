import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import { quoteAccount } from '@serverless-ops/mysql-connect';
import { PARAMETERS, startChangeBench, type ChangeBench } from '../testing/change-bench.ts';

const NAMES = [
  `o'neil`,
  'back`tick',
  'back\\slash',
  'trailing\\',
  'double"quote',
  'user@host',
  '100%',
  'under_score',
  'jürgen',
  '日本語',
  'two words',
  '-- comment',
  '#',
  'a.b-c',
  'x'.repeat(32),
];

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`an account on ${flavor}`, () => {
    const isMariadb = flavor === 'MariaDB';
    let server: DatabaseServer;
    let bench: ChangeBench;

    beforeAll(async () => {
      server = await start();
      await server.query('CREATE DATABASE `my_shop%`');
    }, 120_000);
    afterAll(() => server.stop());
    beforeEach(async () => {
      bench = await startChangeBench(server);
      bench.store.put(PARAMETERS.password, 'Before-1');
    });
    afterEach(async () => {
      await bench.stop();
      await server.query('DROP USER IF EXISTS mary');
    });

    test.each(NAMES)('called %j is created, changed, and changed again', async (user) => {
      const account = quoteAccount(user, '%');
      const grant = `GRANT ALL PRIVILEGES TO \`${user.replaceAll('`', '``')}\`@'%'`;
      const create = { db_user: user, create_if_missing: true, grant, schema: 'my_shop%' };

      expect(await bench.change(create)).toMatchObject({ created: true });
      expect(await bench.logIn(undefined, user)).toBe(`${user}@%`);
      expect(await bench.change({ ...create, job_id: 'job-2' })).toMatchObject({ changed: true, created: false });
      expect(await bench.change({ ...create, job_id: 'job-3' })).toMatchObject({ changed: true, created: false });

      expect(await bench.logIn(undefined, user)).toBe(`${user}@%`);
      const grants = await server.query(`SHOW GRANTS FOR ${account}`);
      expect(Object.values(grants[1] ?? {})[0]).toContain('GRANT ALL PRIVILEGES ON `my\\_shop\\%`.* TO ');
      await server.query(`DROP USER ${account}`);
    });

    if (!isMariadb) {
      test('with a name that is too long for the server leaves no trace', async () => {
        const user = 'x'.repeat(33);

        expect(
          await bench.failure({ db_user: user, create_if_missing: true, grant: `GRANT SELECT TO ${user}` }),
        ).toMatchObject({
          code: 'InvalidRequest',
          message: expect.stringContaining('is too long for user name') as string,
        });
        expect(bench.store.get(PARAMETERS.last_change)).toBeUndefined();
        expect(bench.store.get(PARAMETERS.password_pending)).toBeUndefined();
      });
    }

    test('with a name that differs in case is another one', async () => {
      await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);

      expect(await bench.failure({ db_user: 'Mary' })).toMatchObject({ code: 'AccountNotFound' });
      expect(await bench.logIn('Before-1')).toBe('mary@%');
    });

    test('whose password has expired works again', async () => {
      await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1' PASSWORD EXPIRE`);

      expect(await bench.change()).toMatchObject({ changed: true });
      expect(await bench.logIn()).toBe('mary@%');
    });

    if (!isMariadb) {
      test('that has the next password already does not lose the one before when another of its name gets it', async () => {
        await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1', 'mary'@'10.0.%' IDENTIFIED BY 'Other-1'`);
        await server.query(`ALTER USER mary IDENTIFIED BY 'Left-behind-2' RETAIN CURRENT PASSWORD`);
        bench.store.put(PARAMETERS.password_pending, 'Left-behind-2');

        await bench.change();

        await server.query(`DROP USER 'mary'@'10.0.%'`);
        expect(await bench.logIn('Left-behind-2')).toBe('mary@%');
        expect(await bench.logIn('Before-1')).toBe('mary@%');
      });
    }

    if (!isMariadb) {
      test('that locks itself at the first failed login is not locked by us', async () => {
        await server.query(
          `CREATE USER mary IDENTIFIED BY 'Before-1' FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME UNBOUNDED`,
        );

        expect(await bench.change()).toMatchObject({ changed: true, old_password_valid: true });
        expect(await bench.logIn()).toBe('mary@%');
      });
    }

    if (isMariadb) {
      test('with a second way to log in keeps it, by being refused', async () => {
        await server.query(
          `CREATE USER mary IDENTIFIED VIA mysql_native_password USING PASSWORD('Before-1') OR unix_socket`,
        );

        expect(await bench.failure()).toMatchObject({
          code: 'InvalidRequest',
          message: expect.stringContaining('logs in with mysql_native_password OR unix_socket') as string,
        });
        expect(await bench.logIn('Before-1')).toBe('mary@%');
      });
    }

    if (!isMariadb) {
      test('gets rights on one database also where the server knows no wildcards', async () => {
        await server.query('SET GLOBAL partial_revokes = ON');
        const create = { create_if_missing: true, grant: 'GRANT SELECT TO mary', schema: 'my_shop' };

        expect(await bench.change(create)).toMatchObject({ created: true });

        const grants = await server.query('SHOW GRANTS FOR mary');
        await server.query('SET GLOBAL partial_revokes = OFF');
        expect(Object.values(grants[1] ?? {})[0]).toContain('GRANT SELECT ON `my_shop`.* TO ');
      });
    }
  });
}
