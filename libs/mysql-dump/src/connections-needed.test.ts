import { JobError } from '@serverless-ops/job-schemas';
import { DATABASE_FLAVORS } from '@serverless-ops/test-servers';
import { connectionsNeeded, tellingConnectionsNeeded } from './connections-needed.ts';
import { databaseOf } from './testing/database-of.ts';
import { dumpToMemory } from './testing/dump-to-memory.ts';

jest.setTimeout(120_000);

const PARALLELISM = 2;

test('leaves every other error as it is', () => {
  const error = new JobError('AccessDenied', 'The account has exceeded its max_questions.');

  expect(tellingConnectionsNeeded(error, PARALLELISM)).toBe(error);
});

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`on ${flavor}, a dump`, () => {
    test('takes as many connections as it says, and one less is an error that says how many', async () => {
      await using server = await start();
      await server.query('CREATE DATABASE shop');
      await server.query('CREATE TABLE t (a LONGBLOB)', 'shop');
      // Enough for two sessions that read.
      await server.query("INSERT INTO t VALUES (REPEAT('x', 9000000))", 'shop');
      await server.query('ANALYZE TABLE t', 'shop');
      const dumpWith = async (user: string, connections: number): Promise<string> => {
        const limit = `WITH MAX_USER_CONNECTIONS ${connections}`;
        await server.query(`CREATE USER ${user}@'%' IDENTIFIED BY 'a password' ${limit}`);
        await server.query(`GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON shop.* TO ${user}@'%'`);
        const connection = { ...databaseOf(server, 'shop'), user, password: 'a password' };
        const { dump } = await dumpToMemory(server, 'shop', { connection, parallelism: PARALLELISM });
        return dump.snapshot.method;
      };
      const needed = connectionsNeeded(PARALLELISM);

      const refused: unknown = await dumpWith('poor', needed - 1).catch((error: unknown) => error);

      expect(await dumpWith('rich', needed)).toBe('table-locks');
      expect(tellingConnectionsNeeded(refused, PARALLELISM)).toMatchObject({
        code: 'AccessDenied',
        message: expect.stringMatching(
          /max_user_connections.* A backup with a parallelism of 2 opens up to 5 connections\.$/,
        ) as string,
      });
    });
  });
}
