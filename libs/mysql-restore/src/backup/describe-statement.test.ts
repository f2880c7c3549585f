import { describeStatement } from './describe-statement.ts';

const describeText = (sql: string, sqlMode = ''): unknown => describeStatement(Buffer.from(sql, 'latin1'), { sqlMode });

test.each([
  ['CREATE TABLE `a``b` (\n  `VIEW` int', { kind: 'TABLE', name: 'a`b' }],
  ['CREATE SEQUENCE `s` start with 1', { kind: 'SEQUENCE', name: 's' }],
  [
    'CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER=`root`@`%` SQL SECURITY DEFINER VIEW `v` AS select 1',
    { kind: 'VIEW', name: 'v', definer: { user: 'root', host: '%' } },
  ],
  ['CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `v` AS select 1', { kind: 'VIEW', name: 'v' }],
  ['CREATE DEFINER=`a role` PROCEDURE `p`()', { kind: 'PROCEDURE', name: 'p', definer: { user: 'a role' } }],
  [
    'CREATE DEFINER=`u`@`h` AGGREGATE FUNCTION `f`(x INT)',
    { kind: 'FUNCTION', name: 'f', definer: { user: 'u', host: 'h' } },
  ],
  ['CREATE PACKAGE BODY `p` AS', { kind: 'PACKAGE BODY', name: 'p' }],
  ['CREATE PACKAGE `p` AS', { kind: 'PACKAGE', name: 'p' }],
  [
    'CREATE EVENT `e` ON SCHEDULE EVERY 1 DAY',
    { kind: 'EVENT', name: 'e', schedule: { mayExpire: false, enabledAt: undefined } },
  ],
  ['CREATE LIBRARY `l` LANGUAGE JAVASCRIPT', { kind: 'LIBRARY', name: 'l' }],
  [
    'CREATE TRIGGER /* ON */ `t` BEFORE INSERT ON `orders` FOR EACH ROW SET @a = 1',
    { kind: 'TRIGGER', name: 't', table: 'orders' },
  ],
  [
    'CREATE TRIGGER t after update on shop.orders for each row begin end',
    { kind: 'TRIGGER', name: 't', table: 'orders' },
  ],
])('%s', (sql, created) => {
  expect(describeText(sql)).toEqual(created);
});

test('reads names in double quotes where its author did', () => {
  expect(describeText('CREATE DEFINER="u"@"h" PROCEDURE "p"()', 'ANSI_QUOTES')).toMatchObject({ name: 'p' });
});

test.each(['SET NAMES utf8mb4', 'ALTER DATABASE COLLATE utf8mb4_bin', 'INSERT INTO `s` VALUES (1)', ''])(
  'sees that %s creates nothing',
  (sql) => {
    expect(describeText(sql)).toBeUndefined();
  },
);
