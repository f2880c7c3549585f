import {
  createZoo,
  DATABASE_FLAVORS,
  differences,
  exactFacts,
  zooCases,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import { backUpToMemory } from './testing/backup-in-memory.ts';
import { restoreAsRoot } from './testing/restore-as-root.ts';

jest.setTimeout(120_000);

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(
    `on ${flavor}, under the same and under another name, also over a half, come back exactly, rows and definitions`,
    () => {
      let server: DatabaseServer;
      let databases = 0;
      beforeAll(async () => void (server = await start()));
      afterAll(() => server.stop());

      test.each(zooCases(flavor === 'MariaDB' ? 'mariadb' : 'mysql'))('$title', async (zoo) => {
        const source = `zoo ${++databases}`;
        const target = `${source} back`;
        await createZoo(server, source, zoo);
        const original = await exactFacts({ server, database: source });
        const backup = await backUpToMemory(server, source);

        await server.query(`CREATE DATABASE \`${target}\` CHARACTER SET greek`);
        // What a drill leaves until it is dropped: everything, and a marker.
        await restoreAsRoot(server, target, backup, { isScratch: true });
        await restoreAsRoot(server, target, backup);
        const renamed = await exactFacts({ server, database: target });
        await server.query(`DROP DATABASE \`${source}\``);
        await restoreAsRoot(server, source, backup);
        const same = await exactFacts({ server, database: source });

        expect(differences(original, renamed)).toEqual([]);
        expect(differences(original, same)).toEqual([]);
      });
    },
  );
}
