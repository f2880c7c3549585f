import { compareDatabases, type DatabaseComparison } from './compare-databases.ts';
import type { DatabaseServer } from './database-server.ts';
import { startMariadb } from './mariadb-server.ts';

jest.setTimeout(60_000);

let server: DatabaseServer;
let schemas = 0;
beforeAll(async () => void (server = await startMariadb()));
afterAll(() => server.stop());

/** Makes a schema of each list of statements and compares the two. */
async function compare(a: string[], b: string[]): Promise<DatabaseComparison> {
  const names: string[] = [];
  for (const statements of [a, b]) {
    const name = `schema_${++schemas}`;
    await server.query(`CREATE DATABASE ${name}`);
    for (const statement of statements) await server.query(statement, name);
    names.push(name);
  }
  return compareDatabases(server, names[0] ?? '', names[1] ?? '');
}

const TABLE = 'CREATE TABLE t (a VARCHAR(20), b VARCHAR(20), c BLOB, d DOUBLE, e BIT(8), g POINT)';
const insert = (values: string): string => `INSERT INTO t (a, b, c, d, e, g) VALUES ${values}`;
const ROW = "('x', 'y', 0x00ff, 1.5, b'101', POINT(1, 2))";

test('finds equal rows equal in any order, and says how many there are', async () => {
  const other = "('z', NULL, NULL, NULL, NULL, NULL)";

  const comparison = await compare([TABLE, insert(`${ROW}, ${other}`)], [TABLE, insert(`${other}, ${ROW}`)]);

  expect(comparison).toMatchObject({ equal: true, tables: [{ table: 't', rowsA: 2, rowsB: 2, equal: true }] });
});

test.each([
  ['a changed letter', "('X', 'y', 0x00ff, 1.5, b'101', POINT(1, 2))"],
  ['a trailing space', "('x ', 'y', 0x00ff, 1.5, b'101', POINT(1, 2))"],
  ['text moved to the next column', "('', 'xy', 0x00ff, 1.5, b'101', POINT(1, 2))"],
  ['NULL for a value', "('x', NULL, 0x00ff, 1.5, b'101', POINT(1, 2))"],
  ['a changed byte', "('x', 'y', 0x01ff, 1.5, b'101', POINT(1, 2))"],
  ['a last digit', "('x', 'y', 0x00ff, 1.5000000000000002, b'101', POINT(1, 2))"],
  ['a bit', "('x', 'y', 0x00ff, 1.5, b'100', POINT(1, 2))"],
  ['a coordinate', "('x', 'y', 0x00ff, 1.5, b'101', POINT(1, 3))"],
  ['a row twice', `${ROW}, ${ROW}`],
])('sees %s', async (_, values) => {
  const comparison = await compare([TABLE, insert(ROW)], [TABLE, insert(values)]);

  expect(comparison).toMatchObject({ equal: false, tables: [{ table: 't', equal: false }] });
});

test('tells NULL from an empty text and from the letter it is written as', async () => {
  const of = (value: string): string[] => [TABLE, insert(`(${value}, 'y', NULL, NULL, NULL, NULL)`)];

  expect((await compare(of('NULL'), of("''"))).equal).toBe(false);
  expect((await compare(of('NULL'), of("'N'"))).equal).toBe(false);
});

test('counts duplicates: twice one row and once the other is not the reverse', async () => {
  const other = "('z', 'y', NULL, NULL, NULL, NULL)";

  const comparison = await compare(
    [TABLE, insert(`${ROW}, ${ROW}, ${other}`)],
    [TABLE, insert(`${ROW}, ${other}, ${other}`)],
  );

  expect(comparison.tables).toEqual([{ table: 't', rowsA: 3, rowsB: 3, equal: false }]);
});

test.each([
  ['view', 'CREATE VIEW o AS SELECT a FROM t', 'CREATE VIEW o AS SELECT b FROM t'],
  ['column', 'CREATE TABLE o (a INT)', 'CREATE TABLE o (a BIGINT)'],
  [
    'column collation',
    'CREATE TABLE o (a TEXT COLLATE utf8mb4_bin)',
    'CREATE TABLE o (a TEXT COLLATE utf8mb4_czech_ci)',
  ],
  ['function', 'CREATE FUNCTION o() RETURNS INT RETURN 1', 'CREATE FUNCTION o() RETURNS INT RETURN 2'],
  ['procedure', 'CREATE PROCEDURE o() SELECT 1', 'CREATE PROCEDURE o() SELECT 1 /* again */'],
  [
    'trigger',
    'CREATE TRIGGER o BEFORE INSERT ON t FOR EACH ROW SET @x = 1',
    'CREATE TRIGGER o AFTER INSERT ON t FOR EACH ROW SET @x = 1',
  ],
  [
    'event',
    'CREATE EVENT o ON SCHEDULE EVERY 1 DAY STARTS "2030-01-01" DO DO 1',
    'CREATE EVENT o ON SCHEDULE EVERY 2 DAY STARTS "2030-01-01" DO DO 1',
  ],
])('sees a %s that is made differently, or missing', async (_, one, other) => {
  const same = await compare([TABLE, one], [TABLE, one]);
  const different = await compare([TABLE, one], [TABLE, other]);
  const missing = await compare([TABLE, one], [TABLE]);

  expect([same.equal, different.equal, missing.equal]).toEqual([true, false, false]);
});
