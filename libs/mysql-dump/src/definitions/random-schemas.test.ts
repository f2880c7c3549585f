import fc from 'fast-check';
import {
  createRandom,
  DATABASE_FLAVORS,
  differences,
  exactFacts,
  randomSchema,
  restoreByClient,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import { dumpDefinitions } from '../testing/dump-definitions.ts';

jest.setTimeout(180_000);

/** What follows from the rows, which are not restored here. */
const OF_ROWS = /^(rows: |tables: .*: auto_increment$)/s;

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`on ${flavor}`, () => {
    let server: DatabaseServer;
    let databases = 0;
    beforeAll(async () => void (server = await start()));
    afterAll(() => server.stop());

    test('the definitions of random schemas come back, or what a client misreads is named', async () => {
      await fc.assert(
        fc.asyncProperty(randomSchema, async (statements) => {
          const source = `random ${++databases}`;
          await createRandom(
            server,
            source,
            statements.filter((sql) => !sql.startsWith('INSERT')),
          );
          const original = await exactFacts({ server, database: source }, { rows: false });

          const { sql, reported } = await dumpDefinitions(server, source);
          if (reported.length > 0) return;
          await server.query(`CREATE DATABASE \`${source} back\``);
          await restoreByClient(server, `${source} back`, sql);

          const restored = await exactFacts({ server, database: `${source} back` }, { rows: false });
          expect(differences(original, restored).filter(({ what }) => !OF_ROWS.test(what))).toEqual([]);
        }),
        // The same schemas in every run. Look for more with other seeds, and with a higher number of runs.
        { numRuns: 8, seed: 20_261_130 },
      );
    });
  });
}
