import { isTransactional } from './table-engine.ts';

test.each([
  ["CREATE TABLE `t` (\n  `a` int COMMENT ') ENGINE=MyISAM'\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", true],
  ['CREATE TABLE `t` (\n  `a` int\n) /*!50100 TABLESPACE `s` */ ENGINE=InnoDB', true],
  ["CREATE TABLE `t` (\n  `a` int\n) ENGINE=MyISAM COMMENT='ENGINE=InnoDB'", false],
  ['CREATE TABLE `t` (\n  `a` int\n) ENGINE=Aria', false],
  ['CREATE TABLE `t` (\n  `a` int\n)', false],
])('%j: %s', (sql, expected) => {
  expect(isTransactional({ create: Buffer.from(sql) })).toBe(expected);
});
