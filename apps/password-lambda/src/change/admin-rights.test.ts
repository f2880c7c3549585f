import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import { PARAMETERS, startChangeBench, type ChangeBench } from '../testing/change-bench.ts';

/** The tables that docs/password-change.md tells to let the administrator read. */
const READS: Readonly<Record<string, readonly string[]>> = {
  'MySQL 9': ['mysql.user', 'mysql.db', 'mysql.tables_priv', 'mysql.global_grants', 'mysql.role_edges'],
  MariaDB: ['mysql.global_priv', 'mysql.db', 'mysql.tables_priv', 'mysql.roles_mapping'],
};

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`the account that changes others on ${flavor}`, () => {
    let server: DatabaseServer;
    let bench: ChangeBench;
    const reads = READS[flavor] ?? [];
    const readAccounts = reads.map((table) => `GRANT SELECT ON ${table} TO rotator`);

    beforeAll(async () => void (server = await start()), 120_000);
    afterAll(() => server.stop());
    beforeEach(async () => {
      bench = await startChangeBench(server);
      await server.query('CREATE DATABASE shop');
      await server.query(`CREATE USER rotator IDENTIFIED BY 'Admin-1'`);
      bench.store.put(PARAMETERS.admin_user, 'rotator', 'String');
      bench.store.put(PARAMETERS.admin_password, 'Admin-1');
    });
    afterEach(async () => {
      await bench.stop();
      await server.query('DROP USER IF EXISTS mary, rotator');
      await server.query('DROP DATABASE shop');
    });

    const create = { create_if_missing: true, grant: `GRANT SELECT, INSERT ON shop.* TO 'mary'@'%'` };

    test('needs CREATE USER and to read the accounts to change passwords, and nothing more', async () => {
      await server.query(`GRANT CREATE USER ON *.* TO rotator`);
      for (const grant of readAccounts) await server.query(grant);
      await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);
      bench.store.put(PARAMETERS.password, 'Before-1');

      expect(await bench.change()).toMatchObject({ changed: true, old_password_valid: flavor !== 'MariaDB' });
      const discard = { job_id: 'job-2', generate: false, discard_old_password: true };
      expect(await bench.change(discard)).toMatchObject({ old_password_valid: false });
    });

    test('needs beside them what it is to grant, with the grant option, to create accounts', async () => {
      await server.query(`GRANT CREATE USER ON *.* TO rotator`);
      for (const grant of readAccounts) await server.query(grant);
      await server.query(`GRANT SELECT, INSERT ON shop.* TO rotator WITH GRANT OPTION`);

      expect(await bench.change(create)).toMatchObject({ created: true });
    });

    test.each<[string, string[], object, string]>([
      ['CREATE USER', readAccounts, {}, "GRANT CREATE USER ON *.* TO 'rotator'@'%'"],
      ...reads.map((table, at): [string, string[], object, string] => [
        `to read ${table}`,
        ['GRANT CREATE USER ON *.* TO rotator', ...readAccounts.filter((_, index) => index !== at)],
        {},
        `GRANT SELECT ON ${table} TO 'rotator'@'%'`,
      ]),
      [
        'what it is to grant',
        ['GRANT CREATE USER ON *.* TO rotator', ...readAccounts],
        create,
        "GRANT SELECT, INSERT ON `shop`.* TO 'rotator'@'%' WITH GRANT OPTION",
      ],
    ])('says so when it lacks %s, and the password is as before', async (_, grants, options, words) => {
      for (const grant of grants) await server.query(grant);
      if (!('grant' in options)) await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);

      const error = await bench.failure(options);

      expect(error).toMatchObject({ code: 'AccessDenied', message: expect.stringContaining(words) as string });
      expect(error.message).toContain('"rotator", which changes passwords, lacks a right.');
      if (!('grant' in options)) expect(await bench.logIn('Before-1')).toBe('mary@%');
      // An account that has no rights yet is on record, so that its creation can be completed.
      const isOnRecord = bench.store.get(PARAMETERS.last_change) !== undefined;
      expect(isOnRecord).toBe('grant' in options);
      expect(bench.store.get(PARAMETERS.password_pending) !== undefined).toBe('grant' in options);
    });

    test('is reported in another way than a login that the server refuses', async () => {
      bench.store.put(PARAMETERS.admin_password, 'Wrong-1');

      const error = await bench.failure();

      expect(error).toMatchObject({ code: 'AccessDenied' });
      expect(error.message).toContain('the server refused this user and password');
    });
  });
}
