import { env } from 'node:process';
import {
  DATABASE_FLAVORS,
  repeatableRandomNumbers,
  startTcpProxy,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import { dumpDatabase } from './dump-database.ts';
import { databaseOf } from './testing/database-of.ts';
import { memorySink } from './testing/memory-sink.ts';

/** More of them: `FAULT_MOMENTS=50`. */
const MOMENTS = Number(env['FAULT_MOMENTS'] ?? 3);
const SEED = Number(env['FAULT_SEED'] ?? Date.now() % 1_000_000);

jest.setTimeout(60_000 + MOMENTS * 20_000);

describe.each(DATABASE_FLAVORS.filter(({ isAvailable }) => isAvailable()))('on $flavor', ({ start }) => {
  let server: DatabaseServer;
  beforeAll(async () => {
    server = await start();
    await server.query('CREATE DATABASE shop');
    const rows = Array.from({ length: 3000 }, (_, id) => `(${id}, REPEAT(UUID(), 40))`).join(', ');
    for (const table of ['orders', 'customers', 'products', 'payments']) {
      await server.query(`CREATE TABLE ${table} (id INT PRIMARY KEY, text VARCHAR(2000))`, 'shop');
      await server.query(`INSERT INTO ${table} VALUES ${rows}`, 'shop');
      await server.query(`ANALYZE TABLE ${table}`, 'shop');
    }
  });
  afterAll(() => server.stop());

  test('a network that falls silent at any moment ends the dump as a lost connection, by itself', async () => {
    const dumpThrough = async (port: number): Promise<unknown> => {
      const { sink } = memorySink();
      const connection = { ...databaseOf(server, 'shop'), port, silentSeconds: 1 };
      const { signal } = new AbortController();
      return dumpDatabase({ connection, parallelism: 2, signal, send: sink }).then(
        () => 'done',
        (error: unknown) => (error as { code?: string }).code,
      );
    };
    let bytes: number;
    {
      await using proxy = await startTcpProxy({ targetPort: server.port });
      expect(await dumpThrough(proxy.port)).toBe('done');
      bytes = proxy.bytesFromTarget();
    }
    const random = repeatableRandomNumbers(SEED);
    for (let moment = 0; moment < MOMENTS; moment++) {
      const freezeAfterBytes = 1 + random(bytes - 1000);
      await using proxy = await startTcpProxy({ targetPort: server.port, freezeAfterBytes });
      const end = await dumpThrough(proxy.port);
      // A connection that is only being opened has a limit of its own.
      const isLost = end === 'ConnectionLost' || end === 'DatabaseUnreachable';
      expect({ isLost, end, freezeAfterBytes, SEED }).toMatchObject({ isLost: true });
    }
  });
});
