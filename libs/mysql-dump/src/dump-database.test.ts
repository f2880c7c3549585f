import { DATABASE_FLAVORS, restoreByClient, type DatabaseServer } from '@serverless-ops/test-servers';
import { dumpDatabase } from './dump-database.ts';
import { databaseOf } from './testing/database-of.ts';
import { dumpToMemory, sqlOf, sqlOfTable } from './testing/dump-to-memory.ts';

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

    it('writes no statement of several rows that a max_allowed_packet of 1 MiB refuses', async () => {
      await server.query('CREATE DATABASE backslashes');
      await server.query('CREATE TABLE t (a VARCHAR(9000), n INT)', 'backslashes');
      const rows = Array.from({ length: 300 }, () => "(REPEAT('\\n', 8500), NULL)");
      await server.query(`INSERT INTO t VALUES ${rows.join()}`, 'backslashes');

      const { dump } = await dumpToMemory(server, 'backslashes');

      expect(dump.longestStatementBytes).toBeGreaterThan(1000 ** 2);
      expect(dump.longestStatementBytes).toBeLessThan(1024 ** 2);
    });

    it('brings tables back of which all columns are generated, and whose longest row fits no page', async () => {
      await server.query('CREATE DATABASE odd_tables');
      await server.query('CREATE TABLE computed (a INT AS (1) VIRTUAL, b INT AS (2) STORED)', 'odd_tables');
      await server.query('INSERT INTO computed () VALUES (), ()', 'odd_tables');
      const wide = [
        ['fixed', 45, 'CHAR(200) CHARACTER SET latin1'],
        ['many', 210, 'VARCHAR(60) CHARACTER SET latin1'],
        ['double_bytes', 45, 'CHAR(100) CHARACTER SET ucs2'],
        ['compact', 12, 'TEXT'],
      ] as const;
      const lax = await server.connect('odd_tables');
      await lax.query("SET innodb_strict_mode = 0, sql_mode = ''");
      for (const [name, columns, type] of wide) {
        const list = Array.from({ length: columns }, (_, column) => `c${column} ${type}`);
        await lax.query(
          `CREATE TABLE \`${name}\` (${list.join()}) ROW_FORMAT = ${name === 'compact' ? name : 'DYNAMIC'}`,
        );
      }
      await lax.end();

      const dumped = await dumpToMemory(server, 'odd_tables');
      await server.query('CREATE DATABASE odd_tables_back');
      await restoreByClient(server, 'odd_tables_back', sqlOf(dumped));

      expect(await server.query('SELECT a, b FROM computed', 'odd_tables_back')).toEqual([
        { a: 1, b: 2 },
        { a: 1, b: 2 },
      ]);
      expect(await server.query('SHOW TABLES', 'odd_tables_back')).toHaveLength(1 + wide.length);
    });

    it('brings rows back into their partitions, also where bounds are not of ASCII', async () => {
      await server.query('CREATE DATABASE bounds');
      await server.query(
        `CREATE TABLE letters (a varchar(10) CHARACTER SET latin1, b varbinary(9)) PARTITION BY RANGE COLUMNS (a)
         (PARTITION p0 VALUES LESS THAN ('ä'), PARTITION p1 VALUES LESS THAN (MAXVALUE))`,
        'bounds',
      );
      await server.query("INSERT INTO letters VALUES ('á', x'00ff27'), ('b', x'5c'), ('ö', NULL)", 'bounds');
      const dumped = await dumpToMemory(server, 'bounds');

      await server.query('CREATE DATABASE bounds_back');
      await server.query('FLUSH TABLES');
      await restoreByClient(server, 'bounds_back', sqlOf(dumped));

      for (const database of ['bounds', 'bounds_back']) {
        const rows = await server.query(
          'SELECT a, HEX(b) AS b FROM letters WHERE a IN ("á", "b", "ö") ORDER BY a',
          database,
        );
        expect(rows).toEqual([
          { a: 'á', b: '00FF27' },
          { a: 'b', b: '5C' },
          { a: 'ö', b: null },
        ]);
        expect(await server.query('CHECK TABLE letters EXTENDED', database)).toMatchObject([{ Msg_text: 'OK' }]);
      }
    });

    it('names the tables whose rows another session may have exchanged', async () => {
      await server.query('CREATE DATABASE swap');
      const definition = '(id int PRIMARY KEY)';
      const partitions =
        'PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))';
      await server.query(`CREATE TABLE parts ${definition} ${partitions}`, 'swap');
      await server.query(`CREATE TABLE alone ${definition}`, 'swap');
      await server.query('INSERT INTO parts VALUES (1), (2)', 'swap');
      const dump = async (meanwhile: string): Promise<string[]> => {
        const { incomplete } = await dumpDatabase({
          connection: databaseOf(server, 'swap'),
          signal: new AbortController().signal,
          send: async (key, source) => {
            for await (const _ of source);
            if (key.startsWith('2-')) await server.query(meanwhile, 'swap');
            return { storedBytes: 0, storedSha256: '' };
          },
        });
        return incomplete.map(({ what }) => what);
      };

      const quiet = await dump('DO 1');
      const exchanged = await dump('ALTER TABLE parts EXCHANGE PARTITION p0 WITH TABLE alone');

      expect(quiet).toEqual([]);
      expect(exchanged).toEqual(['certainty that table "parts" kept its rows']);
    });

    it('names the tables that are of no one moment', async () => {
      await server.query('CREATE DATABASE old');
      await server.query('CREATE TABLE log (id int PRIMARY KEY) ENGINE = MyISAM', 'old');

      const { dump } = await dumpToMemory(server, 'old');

      expect(dump.incomplete).toContainEqual(expect.objectContaining({ what: 'one moment for table "log"' }));
    });
  });
}
