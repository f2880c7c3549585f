import { setTimeout as sleep } from 'node:timers/promises';
import { startMariadb, startTcpProxy, type DatabaseServer } from '@serverless-ops/test-servers';
import type { Connection } from 'mysql2/promise';
import { connect } from './connect.ts';
import { translateMysqlError } from './translate-mysql-error.ts';

/** Some megabytes: more than the buffers of the network between server and reader hold. */
const LONG_ANSWER = "SELECT REPEAT('x', 1000000) FROM seq_1_to_20";

const SILENT_SECONDS = 0.3;

let server: DatabaseServer;
beforeAll(async () => {
  server = await startMariadb();
});
afterAll(() => server.stop());

const at = (port: number) => ({
  ...{ host: '127.0.0.1', port, user: 'root', password: server.rootPassword, database: 'mysql' },
  ...({ tls: { mode: 'loopback' }, silentSeconds: SILENT_SECONDS } as const),
});

async function failureOf(session: Connection, sql: string): Promise<unknown> {
  return session.query(sql).then(
    () => undefined,
    (error: unknown) => translateMysqlError(error, at(server.port)),
  );
}

const SILENT = {
  code: 'ConnectionLost',
  message: expect.stringContaining('The server sent nothing for 0.3 s') as string,
};

test('a server that does not answer at all ends the session', async () => {
  const session = await connect(at(server.port));

  expect(await failureOf(session, 'SELECT SLEEP(60)')).toMatchObject(SILENT);
});

test('a network that falls silent within an answer ends the session, and what comes after it fails', async () => {
  await using proxy = await startTcpProxy({ targetPort: server.port, freezeAfterBytes: 5_000_000 });
  const session = await connect(at(proxy.port));

  expect(await failureOf(session, LONG_ANSWER)).toMatchObject(SILENT);
  expect(await failureOf(session, 'SELECT 1')).toMatchObject({ code: 'ConnectionLost' });
});

test('a session that is asked nothing stays', async () => {
  const session = await connect(at(server.port));
  await sleep(3 * SILENT_SECONDS * 1000);

  expect(await failureOf(session, 'SELECT 1')).toBeUndefined();
  session.destroy();
});

test('an answer that waits until a sleeping thread looks at it is no silence', async () => {
  const session = await connect(at(server.port));
  const answered = failureOf(session, LONG_ANSWER);
  // The statement is on its way; the thread sleeps as it does when an upload is slower than the server.
  await new Promise(setImmediate);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * SILENT_SECONDS * 1000);

  expect(await answered).toBeUndefined();
  session.destroy();
});
