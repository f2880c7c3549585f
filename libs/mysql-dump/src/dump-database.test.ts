import { DATABASE_FLAVORS, restoreByClient, type DatabaseServer } from '@serverless-ops/test-servers';
import { dumpToMemory, sqlOfTable } from './testing/dump-to-memory.ts';

jest.setTimeout(120_000);

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`a whole dump on ${flavor}`, () => {
    let server: DatabaseServer;
    beforeAll(async () => void (server = await start()));
    afterAll(() => server.stop());

    it('restores one table alone from the parts that it names', async () => {
      await server.query('CREATE DATABASE shop');
      await server.query('CREATE TABLE `order lines` (id int PRIMARY KEY, text varchar(20))', 'shop');
      await server.query("INSERT INTO `order lines` VALUES (1, 'one'), (2, 'it''s two')", 'shop');
      await server.query('CREATE TABLE other (id int PRIMARY KEY)', 'shop');
      const dumped = await dumpToMemory(server, 'shop');

      await server.query('CREATE DATABASE one_table CHARACTER SET latin2');
      await restoreByClient(server, 'one_table', sqlOfTable(dumped, 'order lines'));

      expect(await server.query('SHOW TABLES', 'one_table')).toHaveLength(1);
      expect(await server.query('SELECT @@character_set_database AS kept', 'one_table')).toEqual([{ kept: 'latin2' }]);
      expect(await server.query('SELECT * FROM `order lines`', 'one_table')).toEqual([
        { id: 1, text: 'one' },
        { id: 2, text: "it's two" },
      ]);
    });

    it('names a row that the server holds and would not take back', async () => {
      await server.query('CREATE DATABASE long_rows');
      await server.query('CREATE TABLE t (id INT PRIMARY KEY, b LONGBLOB)', 'long_rows');
      await server.query("INSERT INTO t VALUES (1, REPEAT('\\'', 3 * 1024 * 1024))", 'long_rows');
      await server.query('SET GLOBAL max_allowed_packet = 4 * 1024 * 1024');

      const { dump } = await dumpToMemory(server, 'long_rows');

      await server.query('SET GLOBAL max_allowed_packet = 64 * 1024 * 1024');
      expect(dump.longestStatementBytes).toBeGreaterThan(6 * 1024 * 1024);
      expect(dump.incomplete.map(({ what }) => what)).toEqual([
        'a restore with max_allowed_packet = 4194304, which the server has now',
      ]);
    });

    it('names the tables that are of no one moment', async () => {
      await server.query('CREATE DATABASE old');
      await server.query('CREATE TABLE log (id int PRIMARY KEY) ENGINE = MyISAM', 'old');

      const { dump } = await dumpToMemory(server, 'old');

      expect(dump.incomplete).toContainEqual(expect.objectContaining({ what: 'one moment for table "log"' }));
    });
  });
}
