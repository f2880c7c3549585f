import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import { PARAMETERS, startChangeBench, type ChangeBench } from '../testing/change-bench.ts';

const GENERATED = /^[A-Za-z][A-Za-z0-9._-]{39}$/;
const GRANT = `GRANT ALL PRIVILEGES TO 'mary'@'%';`;

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`a change of a password on ${flavor}`, () => {
    const keepsTheOneBefore = flavor !== 'MariaDB';
    let server: DatabaseServer;
    let bench: ChangeBench;

    beforeAll(async () => {
      server = await start();
      await server.query('CREATE DATABASE shop');
    }, 120_000);
    afterAll(() => server.stop());
    beforeEach(async () => void (bench = await startChangeBench(server)));
    afterEach(async () => {
      const secrets = bench.store.parameters.list().filter(({ type }) => type === 'SecureString');
      for (const secret of secrets.flatMap(({ name }) => bench.store.values(name)))
        expect(bench.lines.join('')).not.toContain(secret);
      await bench.stop();
      for (const { Host: host } of await server.query(`SELECT Host FROM mysql.user WHERE User = 'mary'`)) {
        await server.query(`DROP USER 'mary'@'${String(host)}'`);
      }
    });

    /** An account as it is before a change. */
    async function mary(password = 'Before-1'): Promise<void> {
      await server.query(`CREATE USER mary IDENTIFIED BY '${password}'`);
      bench.store.put(PARAMETERS.password, password);
    }
    const stored = (name: keyof typeof PARAMETERS): string | undefined => bench.store.get(PARAMETERS[name]);
    const lastChange = (): unknown => JSON.parse(stored('last_change') ?? 'null');

    describe('that makes the password', () => {
      test('stores what the server has taken, and keeps the one before where the server can', async () => {
        await mary();

        const result = await bench.change();

        expect(result).toEqual({
          status: 'job complete',
          changed: true,
          created: false,
          version: 2,
          old_password_valid: keepsTheOneBefore,
          duration_ms: expect.any(Number) as number,
        });
        expect(stored('password')).toMatch(GENERATED);
        expect(bench.store.parameters.find(PARAMETERS.password)).toMatchObject({
          type: 'SecureString',
          keyId: 'alias/ops',
        });
        expect(await bench.logIn()).toBe('mary@%');
        expect(await bench.logIn('Before-1')).toBe(keepsTheOneBefore ? 'mary@%' : 'AccessDenied');
        expect(stored('password_pending')).toBeUndefined();
        expect(lastChange()).toEqual({ status: 'done', job_id: 'job-1', at: expect.any(String) as string, result });
      });

      test('again: the one before the one before works no more', async () => {
        await mary();

        await bench.change();
        const second = stored('password');
        await bench.change({ job_id: 'job-2' });

        expect(await bench.logIn()).toBe('mary@%');
        expect(await bench.logIn(second)).toBe(keepsTheOneBefore ? 'mary@%' : 'AccessDenied');
        expect(await bench.logIn('Before-1')).toBe('AccessDenied');
      });

      test('needs no password in Parameter Store before', async () => {
        await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);

        expect(await bench.change()).toMatchObject({ changed: true, version: 1 });
        expect(await bench.logIn()).toBe('mary@%');
      });

      test('gives one to an account that has none, of which nothing can be kept', async () => {
        await server.query(`CREATE USER mary`);

        expect(await bench.change()).toMatchObject({ changed: true, old_password_valid: false });
        expect(await bench.logIn('')).toBe('AccessDenied');
        expect(await bench.logIn()).toBe('mary@%');
      });

      test('takes up the one that a change left pending', async () => {
        await mary();
        bench.store.put(PARAMETERS.password_pending, 'Left-behind-2');

        await bench.change();

        expect(stored('password')).toBe('Left-behind-2');
        expect(await bench.logIn('Left-behind-2')).toBe('mary@%');
        expect(stored('password_pending')).toBeUndefined();
      });

      test('takes one up that the server has already, without losing the one before', async () => {
        await mary();
        const retain = keepsTheOneBefore ? ' RETAIN CURRENT PASSWORD' : '';
        await server.query(`ALTER USER mary IDENTIFIED BY 'Left-behind-2'${retain}`);
        bench.store.put(PARAMETERS.password_pending, 'Left-behind-2');

        expect(await bench.change()).toMatchObject({ changed: true, old_password_valid: keepsTheOneBefore });
        expect(stored('password')).toBe('Left-behind-2');
        expect(await bench.logIn('Before-1')).toBe(keepsTheOneBefore ? 'mary@%' : 'AccessDenied');
      });

      test('gives it to all accounts of the name, whatever each has', async () => {
        await mary();
        await server.query(`CREATE USER 'mary'@'10.0.%' IDENTIFIED BY 'Other-1', 'mary'@'10.1.%'`);

        await bench.change();

        const next = stored('password') ?? '';
        await server.query(`DROP USER 'mary'@'%', 'mary'@'10.1.%'`);
        await server.query(`RENAME USER 'mary'@'10.0.%' TO 'mary'@'127.0.0.1'`);
        expect(await bench.logIn(next)).toBe('mary@127.0.0.1');
      });

      test.each(['PutParameter', 'DeleteParameter'])('is not confused by a lost answer to %s', async (operation) => {
        await mary();
        bench.store.strike(operation, 'answer lost');

        expect(await bench.change()).toMatchObject({ changed: true });
        expect(await bench.logIn()).toBe('mary@%');
        expect(stored('password_pending')).toBeUndefined();
      });
    });

    describe('to a given password', () => {
      test('makes the server take it', async () => {
        await mary();
        bench.store.put(PARAMETERS.new_password, 'After-2');

        expect(await bench.change({ generate: false })).toMatchObject({ changed: true, version: 2 });
        expect(await bench.logIn('After-2')).toBe('mary@%');
        expect(await bench.logIn('Before-1')).toBe(keepsTheOneBefore ? 'mary@%' : 'AccessDenied');
        expect(stored('password')).toBe('After-2');
        expect(bench.store.parameters.find(PARAMETERS.password)?.type).toBe('SecureString');
        expect(stored('new_password')).toBeUndefined();
        expect(stored('password_pending')).toBeUndefined();
      });

      test('the old way, as password itself: the one that works is put back until the server has the next one', async () => {
        await mary();
        bench.store.put(PARAMETERS.password, 'After-2');

        expect(await bench.change({ generate: false })).toMatchObject({ changed: true, version: 4 });
        expect(await bench.logIn('After-2')).toBe('mary@%');
        expect(bench.store.values(PARAMETERS.password)).toEqual([...['Before-1', 'After-2', 'Before-1', 'After-2']]);
      });

      test('after a change that broke off completes that first, and then takes the given one', async () => {
        await mary();
        const retain = keepsTheOneBefore ? ' RETAIN CURRENT PASSWORD' : '';
        await server.query(`ALTER USER mary IDENTIFIED BY 'Left-behind-2'${retain}`);
        bench.store.put(PARAMETERS.password_pending, 'Left-behind-2');
        bench.store.put(PARAMETERS.new_password, 'After-3');

        expect(await bench.change({ generate: false })).toMatchObject({ changed: true, version: 3 });
        expect(bench.store.values(PARAMETERS.password)).toEqual([...['Before-1', 'Left-behind-2', 'After-3']]);
        expect(await bench.logIn('After-3')).toBe('mary@%');
        expect([stored('new_password'), stored('password_pending')]).toEqual([undefined, undefined]);
      });

      test('forgets a pending one that the server never heard of', async () => {
        await mary();
        bench.store.put(PARAMETERS.password_pending, 'Never-told-2');
        bench.store.put(PARAMETERS.new_password, 'After-3');

        expect(await bench.change({ generate: false })).toMatchObject({ changed: true, version: 2 });
        expect(await bench.logIn('Never-told-2')).toBe('AccessDenied');
        expect(await bench.logIn('After-3')).toBe('mary@%');
      });

      test('is refused beside "generate": which of the two is meant?', async () => {
        await mary();
        bench.store.put(PARAMETERS.new_password, 'After-2');

        expect(await bench.failure()).toMatchObject({
          code: 'InvalidRequest',
          message: expect.stringContaining(
            `"generate", and ${PARAMETERS.new_password} holds a given password`,
          ) as string,
        });
        expect(stored('new_password')).toBe('After-2');
        expect(await bench.logIn('Before-1')).toBe('mary@%');
      });

      test('that the server has already changes nothing', async () => {
        await mary();

        expect(await bench.change({ generate: false })).toMatchObject({ changed: false, version: 1 });
        expect(await bench.logIn('Before-1')).toBe('mary@%');
      });

      test('completes what a change left pending when nothing else was given', async () => {
        await mary();
        bench.store.put(PARAMETERS.password_pending, 'Left-behind-2');

        expect(await bench.change({ generate: false })).toMatchObject({ changed: true, version: 2 });

        expect(stored('password')).toBe('Left-behind-2');
        expect(await bench.logIn()).toBe('mary@%');
        expect(stored('password_pending')).toBeUndefined();
      });

      test.each([
        ['is missing', undefined, 'SecureString', 'ParameterMissing', 'or let the job make one with "generate"'],
        ['is in clear text', 'After-2', 'String', 'ParameterInvalid', 'holds a password in clear text'],
        ['is a placeholder', 'CHANGE_ME', 'SecureString', 'ParameterInvalid', 'is still a placeholder'],
        ['ends with a line break', 'After-2\n', 'SecureString', 'ParameterInvalid', 'ends with a line break'],
        ['is too long', 'y'.repeat(257), 'SecureString', 'ParameterInvalid', 'is longer than 256 bytes'],
        [
          'is elsewhere',
          '/aws/reference/secretsmanager/x',
          'SecureString',
          'ParameterInvalid',
          'refers to Secrets Manager',
        ],
      ] as const)('is refused when that %s', async (_, value, type, code, words) => {
        await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);
        for (const name of [PARAMETERS.new_password, PARAMETERS.password]) {
          bench.store.remove(PARAMETERS.new_password);
          if (value !== undefined) bench.store.put(name, value, type);

          const error = await bench.failure({ generate: false });

          expect(error).toMatchObject({ code, message: expect.stringContaining(words) as string });
          expect(error.message).toContain(name);
          expect(await bench.logIn('Before-1')).toBe('mary@%');
        }
      });
    });

    describe('of an account that is missing', () => {
      const create = { create_if_missing: true, grant: GRANT };

      test('creates it with its rights', async () => {
        expect(await bench.change(create)).toMatchObject({ changed: true, created: true, version: 1 });

        expect(await bench.logIn()).toBe('mary@%');
        const [row] = await server.query(`SHOW GRANTS FOR mary`).then((rows) => rows.slice(1));
        expect(Object.values(row ?? {})[0]).toContain('GRANT ALL PRIVILEGES ON `shop`.* TO ');
      });

      test('creates it with the given password', async () => {
        bench.store.put(PARAMETERS.new_password, 'Given-1');

        expect(await bench.change({ ...create, generate: false })).toMatchObject({ created: true, version: 1 });
        expect(await bench.logIn('Given-1')).toBe('mary@%');
      });

      test('gives no rights to one that was there before', async () => {
        await mary();

        expect(await bench.change(create)).toMatchObject({ changed: true, created: false });
        expect(await server.query(`SHOW GRANTS FOR mary`)).toHaveLength(1);
      });

      test('says so when it may not create one', async () => {
        expect(await bench.failure()).toMatchObject({
          code: 'AccountNotFound',
          message:
            'The server 127.0.0.1 has no account "mary". Check db_user, or let the job create it with ' +
            'create_if_missing and a grant.',
        });
        expect(stored('password_pending')).toBeUndefined();
      });

      test('tells what the server cannot grant, and completes the account once the grant is right', async () => {
        const grant = `GRANT SELECT ON shop.no_such_table TO 'mary'@'%'`;
        const error = await bench.failure({ ...create, grant });
        expect(error).toMatchObject({
          code: 'ParameterInvalid',
          message: expect.stringContaining("Table 'shop.no_such_table' doesn't exist") as string,
        });

        const ungranted = await bench.failure();
        expect(ungranted).toMatchObject({
          code: 'InvalidRequest',
          message: expect.stringContaining('broke off') as string,
        });

        expect(await bench.change({ ...create, job_id: 'job-2' })).toMatchObject({ created: true });
        expect(await server.query(`SHOW GRANTS FOR mary`)).toHaveLength(2);
      });
    });

    describe('ordered again with the same job id', () => {
      test('changes nothing twice and reports the same', async () => {
        await mary();
        const first = await bench.change();
        const password = stored('password');

        expect(await bench.change()).toEqual(first);
        expect(stored('password')).toBe(password);
      });

      test('leaves what another job has pending, which may be the only one that works', async () => {
        await mary();
        await bench.change();
        bench.store.put(PARAMETERS.password_pending, 'Of-job-2');
        await server.query(`ALTER USER mary IDENTIFIED BY 'Of-job-2'`);

        await bench.change();

        expect(stored('password_pending')).toBe('Of-job-2');
      });
    });

    describe('that discards the password before', () => {
      test('ends the time in which that works too', async () => {
        await mary();
        await bench.change();

        const result = await bench.change({ job_id: 'job-2', generate: false, discard_old_password: true });

        expect(result).toMatchObject({ changed: false, old_password_valid: false, version: 2 });
        expect(await bench.logIn('Before-1')).toBe('AccessDenied');
        expect(await bench.logIn()).toBe('mary@%');
      });

      test('refuses while the server has another one than Parameter Store, so that none is lost', async () => {
        await mary();
        await server.query(
          `ALTER USER mary IDENTIFIED BY 'Left-behind-2'${keepsTheOneBefore ? ' RETAIN CURRENT PASSWORD' : ''}`,
        );
        bench.store.put(PARAMETERS.password_pending, 'Left-behind-2');

        const error = await bench.failure({ generate: false, discard_old_password: true });

        expect(error).toMatchObject({
          code: 'PasswordUnproven',
          message: expect.stringContaining('Nothing was discarded. Order a change first') as string,
        });
        expect(await bench.logIn('Before-1')).toBe(keepsTheOneBefore ? 'mary@%' : 'AccessDenied');
      });

      test('says that there is no such account', async () => {
        const error = await bench.failure({ generate: false, discard_old_password: true });

        expect(error.code).toBe('AccountNotFound');
      });
    });

    test('at the same time as another: one wins, the other fails and says so', async () => {
      await mary();

      const outcomes = await Promise.allSettled([bench.change(), bench.change({ job_id: 'job-2' })]);

      const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
      expect(refusals).toMatchObject([
        {
          code: 'ChangeInProgress',
          message: expect.stringContaining('Another job is changing the password') as string,
        },
      ]);
      expect(await bench.logIn()).toBe('mary@%');
      expect(stored('password_pending')).toBeUndefined();
    });

    test('is refused for the account that changes the others', async () => {
      expect(await bench.failure({ db_user: 'root' })).toMatchObject({
        code: 'InvalidRequest',
        message: expect.stringContaining('"root" is the account that changes the others') as string,
      });
    });

    test('is refused for an account that has no password to change', async () => {
      const plugin = flavor === 'MariaDB' ? 'VIA unix_socket' : 'WITH mysql_no_login';
      if (flavor !== 'MariaDB') await server.query(`INSTALL PLUGIN mysql_no_login SONAME 'mysql_no_login.so'`);
      await server.query(`CREATE USER mary IDENTIFIED ${plugin}`);

      expect(await bench.failure()).toMatchObject({
        code: 'InvalidRequest',
        message: expect.stringContaining(`logs in with ${plugin.split(' ')[1] ?? ''}, so this job cannot`) as string,
      });
      expect(stored('password_pending')).toBeUndefined();
    });
  });
}
