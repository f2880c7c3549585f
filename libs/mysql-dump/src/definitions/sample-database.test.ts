import {
  compareDatabases,
  createSampleDatabase,
  DATABASE_FLAVORS,
  restoreByClient,
  type ClientMaker,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import { dumpDefinitions } from '../testing/dump-definitions.ts';

jest.setTimeout(120_000);

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`on ${flavor}`, () => {
    let server: DatabaseServer;
    beforeAll(async () => {
      server = await start();
      await createSampleDatabase(server, { rows: 0 });
    });
    afterAll(() => server.stop());

    // MySQL's client of today cannot log in to a MariaDB: it lacks the method of authentication.
    test.each<ClientMaker>(flavor === 'MariaDB' ? ['mariadb'] : ['mariadb', 'mysql'])(
      'the definitions of the sample database come back through the client of %s',
      async (client) => {
        const { sql } = await dumpDefinitions(server, 'classicmodels');
        await server.query(`CREATE DATABASE by_${client} CHARACTER SET latin1`);
        await restoreByClient(server, `by_${client}`, sql, client);

        const { objects } = await compareDatabases(server, 'classicmodels', `by_${client}`);
        expect(objects).toHaveLength(17);
        expect(objects.filter(({ equal }) => !equal)).toEqual([]);
      },
    );
  });
}
