import type { DatabaseServer } from './database-server.ts';
import { differences, exactFacts, type ExactFacts } from './exact-facts.ts';
import { startMariadb } from './mariadb-server.ts';

jest.setTimeout(60_000);

let server: DatabaseServer;
let schemas = 0;
beforeAll(async () => void (server = await startMariadb()));
afterAll(() => server.stop());

/** What is in a schema that these statements make, all in one session. */
async function factsOf(...statements: string[]): Promise<ExactFacts> {
  const database = `exact ${++schemas}`;
  await server.query(`CREATE DATABASE \`${database}\` CHARACTER SET utf8mb4`);
  const connection = await server.connect(database);
  for (const sql of statements) await connection.query(sql.replaceAll('%OWN%', `\`${database}\``));
  await connection.end();
  return exactFacts({ server, database });
}

const FLOAT = 'CREATE TABLE t (a FLOAT)';

test.each([
  [
    'a digit of FLOAT that its text does not show',
    [FLOAT, 'INSERT INTO t VALUES (1234567.75)'],
    [FLOAT, 'INSERT INTO t VALUES (1234570)'],
  ],
  ['the default of the database', [], ['ALTER DATABASE CHARACTER SET latin1']],
  ['the position of a sequence', ['CREATE SEQUENCE s'], ['CREATE SEQUENCE s', 'SELECT NEXTVAL(s)']],
  ['an invisible column', ['CREATE TABLE t (a INT, b INT)'], ['CREATE TABLE t (a INT, b INT INVISIBLE)']],
  [
    'the mode of a routine',
    ['CREATE PROCEDURE p() SELECT 1'],
    ["SET sql_mode = 'ANSI_QUOTES'", 'CREATE PROCEDURE p() SELECT 1'],
  ],
  [
    'the collation of a routine',
    ['CREATE PROCEDURE p() SELECT 1'],
    ['SET collation_connection = latin1_bin', 'CREATE PROCEDURE p() SELECT 1'],
  ],
  ['a definer', ['CREATE PROCEDURE p() SELECT 1'], ['CREATE DEFINER = a@b PROCEDURE p() SELECT 1']],
  [
    'a row of the past',
    [
      'CREATE TABLE t (a INT) WITH SYSTEM VERSIONING',
      'INSERT INTO t VALUES (1), (2)',
      'SET timestamp = 1',
      'DELETE FROM t WHERE a = 2',
    ],
    ['CREATE TABLE t (a INT) WITH SYSTEM VERSIONING', 'INSERT INTO t VALUES (1)'],
  ],
])('sees %s', async (_, one, other) => {
  expect(differences(await factsOf(...one), await factsOf(...other))).not.toEqual([]);
});

test('finds a schema equal to one of another name, where it names itself too', async () => {
  const statements = [
    'CREATE TABLE t (a INT PRIMARY KEY, b FLOAT)',
    'INSERT INTO t VALUES (1, 0.1)',
    'CREATE VIEW v AS SELECT a FROM %OWN%.t',
    'CREATE SEQUENCE s',
    'CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET @x = 1',
  ];

  expect(differences(await factsOf(...statements), await factsOf(...statements))).toEqual([]);
});

test('tells what the server finds in a table when it reads it by its keys', async () => {
  const { facts } = await factsOf('CREATE TABLE t (id INT PRIMARY KEY, k INT, KEY (k))', 'INSERT INTO t VALUES (1, 2)');

  expect(facts.get('rows: t: check')).toBe('OK');
});
