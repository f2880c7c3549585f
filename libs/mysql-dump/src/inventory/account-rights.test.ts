import { connect } from '@serverless-ops/mysql-connect';
import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import { readRights, rightsOf } from './account-rights.ts';

jest.setTimeout(120_000);

test.each([
  ['everywhere', 'GRANT SELECT, INSERT ON *.* TO `a`@`%` WITH GRANT OPTION'],
  ['as all privileges', 'GRANT ALL PRIVILEGES ON `a\\_b`.* TO `a`@`%`'],
  ['on the database', 'GRANT SHOW VIEW, SELECT ON `a_b`.* TO `a`@`%`'],
  ['by a wildcard', 'GRANT SELECT ON `a%`.* TO `a`@`%`'],
])('sees a right %s', (_, grant) => {
  expect(rightsOf([grant], 'a_b').has('SELECT')).toBe(true);
});

test.each([
  ['another database', 'GRANT SELECT ON `a\\_c`.* TO `a`@`%`'],
  ['an escaped wildcard', 'GRANT SELECT ON `a\\%`.* TO `a`@`%`'],
  ['a table', 'GRANT SELECT ON `a_b`.`t` TO `a`@`%`'],
  ['some columns', 'GRANT SELECT (`a`, `b`) ON `a_b`.`t` TO `a`@`%`'],
  ['a role', 'GRANT `SELECT`@`%` TO `a`@`%`'],
  ['another right', 'GRANT SHOW VIEW ON `a_b`.* TO `a`@`%`'],
])('does not take the right on %s for one on the database', (_, grant) => {
  expect(rightsOf([grant], 'a_b').has('SELECT')).toBe(false);
});

test('tells the right on a table from that on some of its columns', () => {
  const rights = rightsOf(
    ['GRANT SELECT ON `a_b`.`t` TO `a`@`%`', 'GRANT INSERT, SELECT (`x`) ON `a_b`.`u` TO `a`@`%`'],
    'a_b',
  );

  expect(['t', 'u'].map((table) => rights.hasOnTable('SELECT', table))).toEqual([true, false]);
});

test('takes back what is revoked for one database, where wildcards mean nothing', () => {
  const grants = ['GRANT SELECT ON *.* TO `a`@`%`', 'REVOKE SELECT ON `a_b`.* FROM `a`@`%`'];

  expect(rightsOf(grants, 'a_b', 'no-patterns').has('SELECT')).toBe(false);
  expect(rightsOf(grants, 'axb', 'no-patterns').has('SELECT')).toBe(true);
});

test('counts only what both give, of two grants of which the server takes the older', () => {
  const grants = ['GRANT SELECT, EVENT ON `app%`.* TO `a`@`%`', 'GRANT SELECT, TRIGGER ON `app_`.* TO `a`@`%`'];

  const rights = rightsOf(grants, 'app1', 'longest-prefix');

  expect(['SELECT', 'EVENT', 'TRIGGER'].map(rights.has)).toEqual([true, false, false]);
});

test('adds up what the account and its role have, each by the grant that decides', () => {
  const grants = ['GRANT SELECT ON `app%`.* TO `a`@`%`', 'GRANT EVENT ON `app1`.* TO `r`'];

  const rights = rightsOf(grants, 'app1', 'fewest-names');

  expect(['SELECT', 'EVENT'].map(rights.has)).toEqual([true, true]);
});

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`on ${flavor}, of two grants whose patterns match`, () => {
    let server: DatabaseServer;
    let accounts = 0;
    beforeAll(async () => {
      server = await start();
      for (const database of ['app1', 'a_b']) {
        await server.query(`CREATE DATABASE ${database}`);
        await server.query('CREATE TABLE t (a INT)', database);
      }
    });
    afterAll(() => server.stop());

    /** Whether an account with these grants can read the database's table, and whether we say so. */
    const reads = async (database: string, grants: readonly string[], by: 'account' | 'role') => {
      const user = `account_${++accounts}`;
      await server.query(`CREATE USER ${user}@'%' IDENTIFIED BY 'a password'`);
      const holder = by === 'role' ? `role_${accounts}` : `${user}@'%'`;
      if (by === 'role') await server.query(`CREATE ROLE ${holder}`);
      for (const grant of grants) await server.query(`GRANT ${grant} TO ${holder}`);
      if (by === 'role') {
        await server.query(`GRANT ${holder} TO ${user}@'%'`);
        await server.query(`SET DEFAULT ROLE ${holder} ${flavor === 'MariaDB' ? 'FOR' : 'TO'} ${user}@'%'`);
      }
      const { host, port } = server;
      const session = await connect({ host, port, user, password: 'a password', tls: { mode: 'loopback' } });
      const can = await session.query(`SELECT * FROM ${database}.t`).then(
        () => true,
        () => false,
      );
      const rights = await readRights(session, database, server.flavor);
      session.destroy();
      return { can, said: rights.has('SELECT') };
    };

    test.each([
      ['app1', 'app%', 'app1'],
      ['app1', '%', '_pp1'],
      ['app1', 'a%', 'app_'],
      ['app1', 'ap%', 'a%1'],
      ['app1', 'a%', '%1'],
      ['app1', '_%', '%'],
      ['app1', 'a_p1', 'ap%'],
      ['a_b', 'a%', 'a\\_b'],
      ['a_b', 'a_b', 'a\\_b'],
      ['a_b', 'a_b', 'a\\_%'],
    ])('takes for %s that of %s or %s which the server takes', async (database, first, second) => {
      for (const by of ['account', 'role'] as const) {
        for (const [one, other] of [
          [first, second],
          [second, first],
        ]) {
          const grants = [`SELECT ON \`${one}\`.*`, `INSERT ON \`${other}\`.*`];

          const { can, said } = await reads(database, grants, by);

          expect([by, grants, said]).toEqual([by, grants, can]);
        }
      }
    });
  });
}
