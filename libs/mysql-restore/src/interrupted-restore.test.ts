import {
  createSampleDatabase,
  DATABASE_FLAVORS,
  differences,
  exactFacts,
  repeatableRandomNumbers,
  startTcpProxy,
  type DatabaseServer,
  type ExactFacts,
} from '@serverless-ops/test-servers';
import { backUpToMemory, type BackupInMemory } from './testing/backup-in-memory.ts';
import { restoreAsRoot } from './testing/restore-as-root.ts';

/** More moments: `INTERRUPTIONS=50 npx jest libs/mysql-restore/src/interrupted`. Other ones: `INTERRUPTION_SEED=2`. */
// eslint-disable-next-line no-restricted-properties -- a test has no other argument
const { INTERRUPTIONS = '4', INTERRUPTION_SEED = '20261130' } = process.env;
const TRIALS = Number(INTERRUPTIONS);

jest.setTimeout(120_000 + TRIALS * 20_000);

describe.each(DATABASE_FLAVORS)('on $flavor, a restore that is interrupted', ({ start, isAvailable }) => {
  const testHere = isAvailable() ? test : test.skip;
  const random = repeatableRandomNumbers(Number(INTERRUPTION_SEED));
  let server: DatabaseServer;
  let backup: BackupInMemory;
  let original: ExactFacts;

  beforeAll(async () => {
    if (!isAvailable()) return;
    server = await start();
    await createSampleDatabase(server, { name: 'shop', rows: 2000 });
    await server.query(
      'CREATE TRIGGER of_orders BEFORE UPDATE ON orders FOR EACH ROW SET @updated = COALESCE(@updated, 0) + 1',
      'shop',
    );
    original = await exactFacts({ server, database: 'shop' });
    backup = await backUpToMemory(server, 'shop');
  });
  afterAll(async () => {
    if (isAvailable()) await server.stop();
  });

  const isMarked = async (database: string): Promise<boolean> =>
    (await server.query(`SHOW TABLES FROM ${database} LIKE 'serverlessops_restore_in_work'`)).length > 0;
  const isWhole = async (database: string): Promise<boolean> =>
    differences(original, await exactFacts({ server, database })).length === 0;
  const objectsIn = async (database: string): Promise<number> =>
    (await server.query(`SHOW TABLES FROM ${database}`).catch(() => [])).length;
  /** What is there after an interruption has to be nothing, marked, or whole; then it runs again. */
  const expectRecovery = async (database: string): Promise<void> => {
    if ((await objectsIn(database)) > 0 && !(await isMarked(database))) {
      expect(await isWhole(database)).toBe(true);
      return;
    }
    await restoreAsRoot(server, database, backup);
    expect([await isMarked(database), await isWhole(database)]).toEqual([false, true]);
  };

  testHere('by the end of its connections starts clean when it runs again', async () => {
    await using whole = await startTcpProxy({ targetPort: server.port });
    await restoreAsRoot({ ...server, port: whole.port }, 'uncut', backup);
    const allBytes = whole.bytesFromTarget();
    for (let trial = 0; trial < TRIALS; trial++) {
      const database = `cut${trial}`;
      const cutAfterBytes = random(allBytes);
      await using proxy = await startTcpProxy({ targetPort: server.port, cutAfterBytes });

      const outcome = await restoreAsRoot({ ...server, port: proxy.port }, database, backup).catch(
        (error: unknown) => error,
      );

      expect([cutAfterBytes, outcome]).toEqual([cutAfterBytes, expect.objectContaining({ retryable: true })]);
      await expectRecovery(database);
      await server.query(`DROP DATABASE ${database}`);
    }
  });

  testHere('by the death of its server starts clean when it runs again', async () => {
    for (let trial = 0; trial < TRIALS; trial++) {
      const database = `killed${trial}`;
      const killAfter = random(60);
      let steps = 0;
      let killed: Promise<void> | undefined;

      const outcome = await restoreAsRoot(server, database, backup, {
        onProgress: ({ phase }) => {
          if (phase !== 'verifying' && ++steps >= killAfter) killed ??= server.kill();
        },
      }).catch((error: unknown) => error);
      await (killed ?? server.kill());
      await server.restart();

      // So late a death comes after the end.
      if (outcome instanceof Error) expect(outcome).toMatchObject({ retryable: true });
      await expectRecovery(database);
      await server.query(`DROP DATABASE ${database}`);
    }
  });
});
