import {
  createZoo,
  DATABASE_FLAVORS,
  differences,
  exactFacts,
  restoreByClient,
  zooCases,
  type ClientMaker,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import { dumpToMemory, sqlOf } from './testing/dump-to-memory.ts';

jest.setTimeout(120_000);

const CREATES_PROGRAMS = /\b(PROCEDURE|FUNCTION|TRIGGER|EVENT|LIBRARY)\b/;

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  const maker = flavor === 'MariaDB' ? 'mariadb' : 'mysql';
  // MySQL's client of today cannot log in to a MariaDB: it lacks the method of authentication.
  const clients: ClientMaker[] = maker === 'mysql' ? ['mysql', 'mariadb'] : ['mariadb'];

  (isAvailable() ? describe : describe.skip)(
    `on ${flavor}, by hand, under the same and under another name, come back exactly, rows and definitions`,
    () => {
      let server: DatabaseServer;
      let databases = 0;
      // Tables are the same to every client; what programs hold is not.
      const runs = zooCases(maker).flatMap((zoo) =>
        clients
          .filter((client) => client === maker || CREATES_PROGRAMS.test(JSON.stringify(zoo.statements)))
          .map((client) => ({ ...zoo, client })),
      );
      beforeAll(async () => void (server = await start()));
      afterAll(() => server.stop());

      test.each(runs)('$title ($client)', async ({ client, ...zoo }) => {
        const source = `zoo ${++databases}`;
        const target = `${source} back`;
        await createZoo(server, source, zoo);
        const original = await exactFacts({ server, database: source });

        const sql = sqlOf(await dumpToMemory(server, source));
        await server.query(`CREATE DATABASE \`${target}\` CHARACTER SET greek`);
        await restoreByClient(server, target, sql, client);
        const renamed = await exactFacts({ server, database: target });
        // Whatever still means the source fails now.
        await server.query(`DROP DATABASE \`${source}\``);
        const broken = await brokenViews(server, target);
        await server.query(`CREATE DATABASE \`${source}\``);
        await restoreByClient(server, source, sql, client);
        const same = await exactFacts({ server, database: source });

        expect(differences(original, renamed)).toEqual([]);
        expect(differences(original, same)).toEqual([]);
        expect(broken).toEqual([]);
      });
    },
  );
}

const NO_SUCH_DEFINER = 1449;

/** Views that cannot be read, but for the want of a definer that the source had not either. */
async function brokenViews(server: DatabaseServer, database: string): Promise<unknown[]> {
  const views = await server.query(
    `SELECT table_name AS name FROM information_schema.views WHERE table_schema = '${database}'`,
  );
  const broken: unknown[] = [];
  for (const { name } of views) {
    try {
      await server.query(`SELECT * FROM \`${String(name).replaceAll('`', '``')}\``, database);
    } catch (error) {
      if ((error as { errno?: number }).errno !== NO_SUCH_DEFINER) broken.push(error);
    }
  }
  return broken;
}
