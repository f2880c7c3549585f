import { env } from 'node:process';
import {
  DATABASE_FLAVORS,
  repeatableRandomNumbers,
  type RandomNumbers,
  startTcpProxy,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import { dumpDatabase } from './dump-database.ts';
import type { Sink } from './objects/rows-objects.ts';
import { databaseOf } from './testing/database-of.ts';
import { memorySink } from './testing/memory-sink.ts';

/** More of them: `FAULT_MOMENTS=50`. */
const MOMENTS = Number(env['FAULT_MOMENTS'] ?? 4);
const SEED = Number(env['FAULT_SEED'] ?? Date.now() % 1_000_000);

/** Before the rows, where one session asks many small things; then anywhere. */
function momentOf(dump: { bytes: number; bytesAtStart: number }, moment: number, random: RandomNumbers): number {
  return 1 + random(moment % 2 === 0 ? dump.bytesAtStart : dump.bytes - 1000);
}

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

  async function bytesOfDump(): Promise<{ bytes: number; bytesAtStart: number }> {
    await using proxy = await startTcpProxy({ targetPort: server.port });
    const connection = { ...databaseOf(server, 'shop'), port: proxy.port };
    let bytesAtStart = 0;
    await dumpDatabase({
      ...{ connection, parallelism: 2, signal: new AbortController().signal, send: memorySink().sink },
      onStart: () => (bytesAtStart = proxy.bytesFromTarget()),
    });
    return { bytes: proxy.bytesFromTarget(), bytesAtStart };
  }

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
    const dump = await bytesOfDump();
    const random = repeatableRandomNumbers(SEED);
    for (let moment = 0; moment < MOMENTS; moment++) {
      const freezeAfterBytes = momentOf(dump, moment, random);
      await using proxy = await startTcpProxy({ targetPort: server.port, freezeAfterBytes });
      const end = await dumpThrough(proxy.port);
      // A connection that is only being opened has a limit of its own.
      const isLost = end === 'ConnectionLost' || end === 'DatabaseUnreachable';
      expect({ isLost, end, freezeAfterBytes, SEED }).toMatchObject({ isLost: true });
    }
  });

  test('a dump that is stopped while the network is silent ends at once, with nothing on its way', async () => {
    const dump = await bytesOfDump();
    const random = repeatableRandomNumbers(SEED);
    for (let moment = 0; moment < MOMENTS; moment++) {
      const stop = new AbortController();
      const freezeAfterBytes = momentOf(dump, moment, random);
      await using proxy = await startTcpProxy({
        ...{ targetPort: server.port, freezeAfterBytes },
        // By then the dump waits for an answer.
        onBytes: (seen) => seen >= freezeAfterBytes && setTimeout(() => stop.abort(new Error('stopped')), 100),
      });
      const { sink } = memorySink();
      let underWay = 0;
      const send: Sink = (key, source) => {
        underWay += 1;
        return sink(key, source).finally(() => (underWay -= 1));
      };
      const connection = { ...databaseOf(server, 'shop'), port: proxy.port };
      const dumping = dumpDatabase({ connection, parallelism: 2, signal: stop.signal, send });

      await expect(dumping).rejects.toThrow('stopped');
      expect({ underWay, freezeAfterBytes, SEED }).toMatchObject({ underWay: 0 });
    }
  });
});
