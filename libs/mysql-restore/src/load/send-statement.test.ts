import { connect } from '@serverless-ops/mysql-connect';
import { startMariadb, type DatabaseServer } from '@serverless-ops/test-servers';
import type { Connection } from 'mysql2/promise';
import { sendStatement } from './send-statement.ts';

jest.setTimeout(60_000);

let server: DatabaseServer;
let session: Connection;

beforeAll(async () => {
  server = await startMariadb();
  await server.query('CREATE DATABASE shop');
  await server.query('CREATE TABLE t (id INT PRIMARY KEY, b LONGBLOB)', 'shop');
  const { host, port, rootPassword: password } = server;
  session = await connect({ ...{ host, port, user: 'root', password, database: 'shop' }, tls: { mode: 'loopback' } });
});

afterAll(async () => {
  session.destroy();
  await server.stop();
});

const insert = (id: number, value: Uint8Array): Buffer[] => [
  Buffer.from(`INSERT INTO t VALUES (${id}, '`),
  Buffer.from(value),
  Buffer.from("');\n"),
];

test('runs bytes that are no UTF-8: mysql2 still has the insides that this needs', async () => {
  await sendStatement(session, [Buffer.from('SET NAMES binary')]);

  await sendStatement(session, insert(1, Buffer.from([0xff, 0xfe, 0x80])));

  expect(await server.query('SELECT HEX(b) AS b FROM t WHERE id = 1', 'shop')).toEqual([{ b: 'FFFE80' }]);
});

/** `INSERT INTO t VALUES (9, '` and `');` and a line break, and the bytes of the command in front of all. */
const AROUND = 26 + 4 + 1;

test.each([2 ** 24 - 2, 2 ** 24 - 1, 2 ** 24, 2 * (2 ** 24 - 1), 40_000_000])(
  'runs a statement of %d bytes, in as many packets as it takes',
  async (bytes) => {
    await session.query('DELETE FROM t');

    await sendStatement(session, insert(9, Buffer.alloc(bytes - AROUND, 'x')));

    expect(await server.query('SELECT LENGTH(b) AS length FROM t', 'shop')).toEqual([{ length: bytes - AROUND }]);
  },
);

test('rejects with what the server says, and goes on', async () => {
  await session.query('DELETE FROM t');
  await sendStatement(session, insert(2, Buffer.from('once')));

  await expect(sendStatement(session, insert(2, Buffer.from('twice')))).rejects.toMatchObject({ code: 'ER_DUP_ENTRY' });
  await sendStatement(session, insert(3, Buffer.from('once')));
});

test('rejects a statement that gives rows, and ends the session', async () => {
  const { host, port, rootPassword: password } = server;
  const other = await connect({ ...{ host, port, user: 'root', password }, tls: { mode: 'loopback' } });

  await expect(sendStatement(other, [Buffer.from('SELECT 1')])).rejects.toThrow('gave rows');
  await expect(sendStatement(other, [Buffer.from('SET @a = 1')])).rejects.toThrow();
});
