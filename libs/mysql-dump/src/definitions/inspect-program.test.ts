import { inspectProgram } from './inspect-program.ts';

const HEAD = 'CREATE DEFINER=`root`@`%` PROCEDURE `p`()\n';
const whysOf = (body: string, sqlMode = ''): number =>
  inspectProgram({ kind: 'PROCEDURE', name: 'p' }, HEAD + body, 'shop', { sqlMode }).length;

test.each([
  ['a table of its own database', 'SELECT * FROM shop.t'],
  ['the same in quotes', 'SELECT * FROM `shop` . `t`'],
])('names %s', (_, body) => {
  expect(whysOf(body)).toBe(1);
});

test.each([
  ["a table of another's", 'SELECT * FROM far.t'],
  ['a table that is called like the database', 'SELECT far.shop.a FROM far.shop'],
  ['a text', "SELECT 'shop.t' -- shop.t"],
])('does not take %s for it', (_, body) => {
  expect(whysOf(body)).toBe(0);
});

test.each([
  ['a quote in what only other versions run', "SELECT 1 /*!999999 it's */", ''],
  ['a name that ends in a backslash under ANSI_QUOTES', 'SELECT 1 AS "a\\"', 'ANSI_QUOTES'],
  ['a backslash at the end of a line', "SELECT 'a\\\nb'", ''],
  ['a command of clients in such a comment', 'SELECT 1 /*!999999 \\C latin1 */', ''],
])('names %s, which clients misread', (_, body, sqlMode) => {
  expect(whysOf(body, sqlMode)).toBe(1);
});

test.each([
  ['quotes in comments', "SELECT 1 -- it's\n, 2 # it's\n, 3 /* it's \\C \" ` */", ''],
  ['NULL as a backslash and N', 'SELECT \\N', ''],
  ['backslashes that escape nothing', "SELECT 'C:\\'", 'NO_BACKSLASH_ESCAPES'],
  ['quotes in quotes', "SELECT 'it''s', \"it's\", 'it\\'s', `it's`", ''],
])('finds that clients carry %s', (_, body, sqlMode) => {
  expect(whysOf(body, sqlMode)).toBe(0);
});
