import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import { inspectForTools, type ToolInspection } from './inspect-for-tools.ts';

jest.setTimeout(60_000);

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`before a dump tool reads a database of ${flavor}`, () => {
    let server: DatabaseServer;
    beforeAll(async () => void (server = await start()));
    afterAll(() => server.stop());
    beforeEach(async () => {
      await server.query('CREATE DATABASE shop CHARACTER SET utf8mb4');
    });
    afterEach(async () => {
      await server.query('DROP DATABASE shop');
    });

    const inspect = async (...statements: string[]): Promise<ToolInspection> => {
      for (const sql of statements) await server.query(sql, 'shop');
      const { host, port, rootPassword: password } = server;
      return inspectForTools({ host, port, user: 'root', password, database: 'shop', tls: { mode: 'loopback' } });
    };

    test('nothing is found in an ordinary one', async () => {
      const { incomplete } = await inspect(
        "CREATE TABLE t (id INT PRIMARY KEY, e ENUM('a'), d DOUBLE)",
        'CREATE PROCEDURE p() SELECT 1',
      );

      expect(incomplete).toEqual([]);
    });

    test.each([
      ['FLOAT columns', 'CREATE TABLE t (f FLOAT)', 'digits of FLOAT values in table "t"'],
      [
        'ENUM members beyond three bytes',
        "CREATE TABLE t (e ENUM('🚚'))",
        'members of ENUM or SET columns in table "t"',
      ],
      ['tables without transactions', 'CREATE TABLE t (a INT) ENGINE = MyISAM', 'one moment for table "t"'],
    ])('names %s', async (_, sql, what) => {
      const { incomplete } = await inspect(sql);

      expect(incomplete.map((entry) => entry.what)).toEqual([what]);
    });

    test('names a routine that is older than the defaults of the database', async () => {
      const { incomplete } = await inspect(
        'CREATE PROCEDURE old_one() SELECT 1',
        'ALTER DATABASE shop CHARACTER SET latin1',
      );

      expect(incomplete.map((entry) => entry.what)).toEqual(['routine "old_one"']);
    });

    test('refuses what the tools never end at, and a server that leaves rows out, each in one error', async () => {
      await server.query('SET GLOBAL sql_select_limit = 3');
      try {
        await expect(
          inspect("CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO SELECT ';;'"),
        ).rejects.toMatchObject({
          code: 'DumpFailed',
          message: expect.stringMatching(/event "e" holds ";;".*sql_select_limit to 3.*engine: parallel/) as string,
        });
      } finally {
        await server.query('SET GLOBAL sql_select_limit = DEFAULT');
      }
    });
  });
}
