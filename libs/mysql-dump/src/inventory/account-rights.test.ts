import { rightsOf } from './account-rights.ts';

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

  expect(rightsOf(grants, 'a_b', false).has('SELECT')).toBe(false);
  expect(rightsOf(grants, 'axb', false).has('SELECT')).toBe(true);
});
