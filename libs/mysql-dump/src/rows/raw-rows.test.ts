import { connect } from '@serverless-ops/mysql-connect';
import { startMariadb, type DatabaseServer } from '@serverless-ops/test-servers';
import type { Connection } from 'mysql2/promise';
import { databaseOf } from '../testing/database-of.ts';
import { readRawRows } from './raw-rows.ts';

let server: DatabaseServer;
let session: Connection;

beforeAll(async () => {
  server = await startMariadb();
  session = await connect(databaseOf(server, 'mysql'));
});

afterAll(async () => {
  session.destroy();
  await server.stop();
});

async function rowsOf(sql: string): Promise<string[]> {
  const rows: string[] = [];
  await readRawRows(session, sql, (buffer, start, end) => rows.push(buffer.toString('latin1', start, end)));
  return rows;
}

test('gives rows as they come over the wire: mysql2 still has the insides that this needs', async () => {
  expect(await rowsOf("SELECT 1, 'two', NULL UNION ALL SELECT 22, '', 'x'")).toEqual([
    '\x011\x03two\xfb',
    '\x0222\x00\x01x',
  ]);
  expect(await rowsOf('SELECT 1 FROM DUAL WHERE FALSE')).toEqual([]);
});

test('gives a row that takes several packets whole, and one that begins like the end of rows', async () => {
  const lengths: number[] = [];
  const select = "SELECT REPEAT('x', 17000000) UNION ALL SELECT REPEAT('y', 16777208)";
  await readRawRows(session, select, (buffer, start, end) => {
    lengths.push(end - start);
    expect(buffer[start]).toBe(lengths.length === 1 ? 0xfe : 0xfd);
  });

  expect(lengths).toEqual([17_000_009, 16_777_212]);
});

test('leaves the connection good for statements of every kind', async () => {
  await rowsOf('SELECT 1');
  const [rows] = await session.query('SELECT 2 AS two');

  expect(rows).toEqual([{ two: 2 }]);
});

test("throws the server's error, before the first row and between rows", async () => {
  await expect(rowsOf('SELECT nothing')).rejects.toMatchObject({ code: 'ER_BAD_FIELD_ERROR' });

  const rows: string[] = [];
  const failing =
    'SELECT IF(seq < 1000, seq, (SELECT 1 UNION SELECT 2)) FROM (WITH RECURSIVE s AS (SELECT 1 AS seq UNION ALL SELECT seq + 1 FROM s WHERE seq < 1000) SELECT seq FROM s) AS numbers';
  const reading = readRawRows(session, failing, (buffer, start, end) =>
    rows.push(buffer.toString('latin1', start, end)),
  );

  await expect(reading).rejects.toMatchObject({ code: 'ER_SUBQUERY_NO_1_ROW' });
  expect(await rowsOf('SELECT 3')).toEqual(['\x013']);
});

test('throws what the reader throws, and ends the connection', async () => {
  const own = await connect(databaseOf(server, 'mysql'));

  const reading = readRawRows(own, 'SELECT 1', () => {
    throw new Error('no room left');
  });

  await expect(reading).rejects.toThrow('no room left');
  await expect(own.query('SELECT 1')).rejects.toThrow('closed state');
});
