import { startMariadb, startTcpProxy, type DatabaseServer } from '@serverless-ops/test-servers';
import { abandon } from './abandon.ts';
import { connect } from './connect.ts';
import { translateMysqlError } from './translate-mysql-error.ts';

let server: DatabaseServer;
beforeAll(async () => {
  server = await startMariadb();
});
afterAll(() => server.stop());

const at = (port: number) => ({
  ...{ host: '127.0.0.1', port, user: 'root', password: server.rootPassword, database: 'mysql' },
  tls: { mode: 'loopback' } as const,
});

test('statements of a session that is abandoned fail, although the network is silent', async () => {
  await using proxy = await startTcpProxy({ targetPort: server.port });
  const session = await connect(at(proxy.port));
  proxy.freeze();
  const statements = ['SELECT 1', 'SELECT 2'].map((sql) =>
    session.query(sql).catch((error: unknown) => translateMysqlError(error, at(server.port))),
  );

  abandon(session);

  for (const end of await Promise.all(statements)) expect(end).toMatchObject({ code: 'ConnectionLost' });
});

test('a session that waits for nothing can be abandoned, too, and twice', async () => {
  const session = await connect(at(server.port));
  const { stream } = (session as unknown as { connection: { stream: NodeJS.EventEmitter } }).connection;
  const closed = new Promise((resolve) => stream.once('close', resolve));

  abandon(session);
  abandon(session);

  await closed;
  const failure = await session
    .query('SELECT 1')
    .catch((error: unknown) => translateMysqlError(error, at(server.port)));
  expect(failure).toMatchObject({ code: 'ConnectionLost' });
});
