import {
  createRestoreUser,
  createZoo,
  DATABASE_FLAVORS,
  differences,
  exactFacts,
  type Difference,
  zooCases,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import type { ServerConnection } from '@serverless-ops/mysql-connect';
import { backUpToMemory } from './testing/backup-in-memory.ts';
import { restoreAsRoot } from './testing/restore-as-root.ts';

jest.setTimeout(120_000);

const TARGET = 'back';

/** Only an administrator makes something for another owner, so these differ. */
const OWNER = /\bDEFINER=(?:(`|")(?:(?!\1).|\1\1)*\1|\w+)(?:@(`|")(?:(?!\2).|\2\2)*\2)?/gs;

/** What differs beside the owners. */
function beside({ what, a, b }: Difference): boolean {
  const withoutOwner = (text: string | undefined): string | undefined => text?.replaceAll(OWNER, '');
  return !/definer|creator/i.test(what) && withoutOwner(a) !== withoutOwner(b);
}

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(
    `on ${flavor} with a binary log, an account with all rights on a database, and none on the server, restores exactly`,
    () => {
      let server: DatabaseServer;
      let connection: ServerConnection;
      let databases = 0;
      beforeAll(async () => {
        server = await start({ logsBinary: true });
        const password = await createRestoreUser(server, [TARGET]);
        connection = { host: server.host, port: server.port, user: 'restorer', password, tls: { mode: 'loopback' } };
      });
      afterAll(() => server.stop());
      afterEach(() => server.query(`DROP DATABASE IF EXISTS ${TARGET}`));

      test.each(zooCases(flavor === 'MariaDB' ? 'mariadb' : 'mysql'))('$title', async (zoo) => {
        const source = `zoo ${++databases}`;
        await createZoo(server, source, zoo);
        await server.query(`GRANT ALL PRIVILEGES ON \`${source}\\_other\`.* TO 'restorer'@'%'`);
        const original = await exactFacts({ server, database: source });
        const backup = await backUpToMemory(server, source);

        await restoreAsRoot(server, TARGET, backup, { connection, definer: 'strip' });

        const restored = await exactFacts({ server, database: TARGET });
        expect(differences(original, restored).filter(beside)).toEqual([]);
      });
    },
  );
}
