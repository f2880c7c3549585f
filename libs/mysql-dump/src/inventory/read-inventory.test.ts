import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import { dumpDefinitions } from '../testing/dump-definitions.ts';
import { dumpTables, type Inventory } from './inventory.ts';

jest.setTimeout(120_000);

const CONTENTS = [
  'CREATE TABLE t (a INT, b VARCHAR(10) CHARACTER SET latin1, c INT GENERATED ALWAYS AS (a + 1) STORED, d FLOAT INVISIBLE, PRIMARY KEY (b, a))',
  'CREATE TABLE u (a INT)',
  'CREATE VIEW v AS SELECT * FROM t',
  'CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1',
  'CREATE PROCEDURE p() SELECT 1',
  'CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET @x = 1',
  "CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO DO 1",
];

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`on ${flavor}, the inventory`, () => {
    let server: DatabaseServer;
    let accounts = 0;
    beforeAll(async () => {
      server = await start();
      await server.query('CREATE DATABASE a_b');
      for (const sql of CONTENTS) await server.query(sql, 'a_b');
    });
    afterAll(() => server.stop());

    const database = async (...statements: string[]): Promise<string> => {
      const name = `made_${++accounts}`;
      await server.query(`CREATE DATABASE ${name}`);
      for (const sql of statements) await server.query(sql, name);
      return name;
    };

    /** What an account with these grants sees of the database, and what it is told that it does not. */
    const seenWith = async (...grants: string[]): Promise<Inventory> => {
      const user = `account_${++accounts}`;
      await server.query(`CREATE USER ${user}@'%' IDENTIFIED BY 'a password'`);
      for (const grant of grants) await server.query(`GRANT ${grant} TO ${user}@'%'`);
      return (await dumpDefinitions(server, 'a_b', { account: { user, password: 'a password' } })).inventory;
    };

    const routines = flavor === 'MariaDB' ? 'SELECT ON mysql.proc' : 'SHOW_ROUTINE ON *.*';

    test('names what a restore would compute in another time zone than the server', async () => {
      const name = await database(
        "CREATE TABLE zoned (at TIMESTAMP NOT NULL DEFAULT '2026-01-01', day DATE AS (CAST(at AS DATE)) STORED, CHECK (at > '2025-01-01'))",
      );
      const whats = async (zone: string): Promise<string[]> => {
        await server.query(`SET GLOBAL time_zone = '${zone}'`);
        return (await dumpDefinitions(server, name)).inventory.incomplete.map(({ what }) => what);
      };

      const [utc, elsewhere] = [await whats('+00:00'), await whats('+02:00')];

      await server.query('SET GLOBAL time_zone = DEFAULT');
      expect(utc).toEqual([]);
      expect(elsewhere).toEqual([
        'values of the generated column "day" of table "zoned"',
        // MariaDB checks nothing in a restore.
        ...(flavor === 'MariaDB' ? [] : ['CHECK constraints of table "zoned"']),
      ]);
    });

    test('tells what a reader of rows has to know', async () => {
      const { inventory } = await dumpDefinitions(server, 'a_b');

      expect(dumpTables(inventory)[0]).toMatchObject({
        name: 't',
        engine: 'InnoDB',
        primaryKey: ['b', 'a'],
        columns: [
          { name: 'a', dataType: 'int', characterSet: undefined, nullable: false },
          { name: 'b', dataType: 'varchar', columnType: 'varchar(10)', characterSet: 'latin1' },
          { name: 'd', dataType: 'float', nullable: true },
        ],
      });
      expect(inventory.incomplete).toEqual([]);
    });

    test('is complete with the grants that the documentation names', async () => {
      const { incomplete, routines: seen } = await seenWith('SELECT, SHOW VIEW, TRIGGER, EVENT ON `a\\_b`.*', routines);

      expect(incomplete).toEqual([]);
      expect(seen).toHaveLength(2);
    });

    test('is complete where a role has the grants', async () => {
      await server.query('CREATE ROLE reader');
      await server.query('GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON `a\\_b`.* TO reader');
      await server.query(`GRANT ${routines} TO reader`);
      await server.query("CREATE USER by_role@'%' IDENTIFIED BY 'a password'");
      await server.query("GRANT reader TO by_role@'%'");
      await server.query(
        flavor === 'MariaDB' ? "SET DEFAULT ROLE reader FOR by_role@'%'" : "SET DEFAULT ROLE ALL TO by_role@'%'",
      );

      const { inventory } = await dumpDefinitions(server, 'a_b', {
        account: { user: 'by_role', password: 'a password' },
      });

      expect(inventory.incomplete).toEqual([]);
      expect(inventory.triggers).toHaveLength(1);
    });

    test.each([
      ['TRIGGER', 'SELECT, SHOW VIEW, EVENT ON `a\\_b`.*', 'triggers that the account cannot see'],
      ['EVENT', 'SELECT, SHOW VIEW, TRIGGER ON `a\\_b`.*', 'events that the account cannot see'],
      ['SHOW VIEW', 'SELECT, EVENT, TRIGGER ON `a\\_b`.*', 'view "v"'],
    ])('names what is hidden without %s', async (_, grant, what) => {
      const { incomplete } = await seenWith(grant, routines);

      expect(incomplete).toEqual([expect.objectContaining({ what })]);
    });

    test('names the routines that are hidden, and those whose bodies are', async () => {
      const none = await seenWith('SELECT, SHOW VIEW, TRIGGER, EVENT ON `a\\_b`.*');
      const bodiless = await seenWith('SELECT, SHOW VIEW, TRIGGER, EVENT, EXECUTE ON `a\\_b`.*');

      expect(none.incomplete.map(({ what }) => what)).toEqual(['routines that the account cannot see']);
      expect(bodiless.incomplete.map(({ what }) => what)).toEqual([
        'routines that the account cannot see',
        'function "f"',
        'procedure "p"',
      ]);
      expect(bodiless.routines).toEqual([]);
    });

    test('says that there may be more tables, and which of those it sees the account may not read', async () => {
      const { incomplete, tables } = await seenWith(
        'SELECT ON a_b.t',
        'INSERT ON a_b.u',
        'TRIGGER, EVENT, SHOW VIEW ON `a\\_b`.*',
        routines,
      );

      expect(tables.map(({ name }) => name)).toEqual(['t']);
      expect(incomplete.map(({ what }) => what)).toEqual([
        'tables and views that the account cannot see',
        'table "u"',
        'view "v"',
      ]);
    });

    test('refuses an account that may read no table', async () => {
      await expect(seenWith('INSERT, TRIGGER ON `a\\_b`.*')).rejects.toMatchObject({ code: 'AccessDenied' });
    });

    test('leaves out the tables that the filter does not let through, with their triggers', async () => {
      const { inventory } = await dumpDefinitions(server, 'a_b', { excludeTables: ['t', 'v'] });
      const only = await dumpDefinitions(server, 'a_b', { includeTables: ['t'] });

      expect([inventory.tables.map(({ name }) => name), inventory.triggers, inventory.views]).toEqual([['u'], [], []]);
      expect([only.inventory.tables.map(({ name }) => name), only.inventory.views]).toEqual([['t'], []]);
    });

    test('refuses a filter with tables to include that the database does not have, and lists all it does not have', async () => {
      const refused = dumpDefinitions(server, 'a_b', { includeTables: ['t', 'ordres', 't*'], excludeTables: ['x'] });

      await expect(refused).rejects.toMatchObject({
        code: 'InvalidRequest',
        message: expect.stringContaining('include_tables: "ordres", "t*"; exclude_tables: "x". ') as string,
      });
    });

    test('refuses a filter that leaves nothing, but not a database that has nothing', async () => {
      const empty = await database();

      await expect(dumpDefinitions(server, 'a_b', { excludeTables: ['t', 'u', 'v'] })).rejects.toMatchObject({
        code: 'InvalidRequest',
        message: expect.stringContaining('leave none of the 3 tables and views') as string,
      });
      expect((await dumpDefinitions(server, empty, { excludeTables: ['t'] })).inventory.tables).toEqual([]);
    });

    test('tells which tables to exclude do not exist, and is otherwise as without them', async () => {
      const { inventory } = await dumpDefinitions(server, 'a_b', { excludeTables: ['gone', 'T', 't'] });

      expect(inventory.filter.needlessExcludes).toEqual(['gone', 'T']);
      expect(inventory.tables.map(({ name }) => name)).toEqual(['u']);
    });

    test.each(['mysql', 'information_schema', 'performance_schema', 'sys', 'INFORMATION_SCHEMA'])(
      'is not made of %s',
      async (system) => {
        await expect(dumpDefinitions(server, system)).rejects.toMatchObject({
          code: 'ParameterInvalid',
          message: expect.stringContaining(`"${system}" is a system database`) as string,
        });
      },
    );

    test('leaves out a view on an excluded table, and says so', async () => {
      const { sql, reported } = await dumpDefinitions(server, 'a_b', { excludeTables: ['t'] });

      expect(reported.map(({ what }) => what)).toEqual(['view "v"']);
      expect(sql.toString()).not.toContain('VIEW `v`');
    });

    test('names a view that refers to nothing, and keeps one whose definer does not exist', async () => {
      const name = await database(
        'CREATE TABLE t (a INT)',
        'CREATE TABLE u (a INT)',
        'CREATE VIEW v AS SELECT a FROM t',
        "CREATE DEFINER = 'gone'@'nowhere' VIEW w AS SELECT a FROM u",
        'DROP TABLE t',
      );

      const { inventory } = await dumpDefinitions(server, name);

      expect(inventory.views).toEqual([{ name: 'w' }]);
      expect(inventory.incomplete).toMatchObject([{ what: 'view "v"' }]);
    });

    test('never has the marker of a restore, and says that the database is not whole', async () => {
      const name = await database('CREATE TABLE t (a INT)', `CREATE TABLE serverlessops_restore_in_work (id INT)`);

      const whole = await dumpDefinitions(server, name);
      const some = await dumpDefinitions(server, name, { includeTables: ['t'] });

      for (const { sql, inventory } of [whole, some]) {
        expect(inventory.tables.map((table) => table.name)).toEqual(['t']);
        expect(sql.toString()).not.toContain('serverlessops_restore_in_work');
        expect(inventory.incomplete).toMatchObject([
          {
            what: 'what a restore has not yet put into the database',
            why: expect.stringContaining('a restore into it is in work or was cut off') as string,
          },
        ]);
      }
      await expect(
        dumpDefinitions(server, name, { includeTables: ['serverlessops_restore_in_work'] }),
      ).rejects.toMatchObject({ code: 'InvalidRequest' });
    });

    test('counts the rows of a MERGE table once, and names those that are elsewhere', async () => {
      const name = await database(
        'CREATE TABLE one (a INT) ENGINE = MyISAM',
        'CREATE TABLE all_of_them (a INT) ENGINE = MERGE UNION = (one)',
      );

      const { inventory } = await dumpDefinitions(server, name);

      expect(inventory.tables.map((table) => table.name)).toEqual(['all_of_them', 'one']);
      expect(dumpTables(inventory).map((table) => table.name)).toEqual(['one']);
    });

    test('refuses a table that cannot be opened, unless it is excluded', async () => {
      const name = await database(
        'CREATE TABLE one (a INT) ENGINE = MyISAM',
        'CREATE TABLE all_of_them (a INT) ENGINE = MERGE UNION = (one)',
        'DROP TABLE one',
        'CREATE TABLE one (b VARCHAR(5)) ENGINE = MyISAM',
      );

      await expect(dumpDefinitions(server, name)).rejects.toMatchObject({
        code: 'DumpFailed',
        message: expect.stringContaining('"all_of_them"') as string,
      });
      const { inventory } = await dumpDefinitions(server, name, { excludeTables: ['all_of_them'] });
      expect(inventory.tables.map((table) => table.name)).toEqual(['one']);
    });

    test('names an event that is over and enabled', async () => {
      const name = await database();
      const connection = await server.connect(name);
      await connection.query('SET timestamp = 1500000000');
      await connection.query("CREATE EVENT late ON SCHEDULE AT '2018-01-01 00:00:00' DO DO 1");
      await connection.end();

      const { inventory } = await dumpDefinitions(server, name);

      expect(inventory.events).toEqual([]);
      expect(inventory.incomplete).toMatchObject([{ what: 'event "late"' }]);
    });
  });
}

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? test : test.skip)(`on ${flavor} with small letters, names are those of the server`, async () => {
    await using server = await start({ lowersNames: true });
    await server.query('CREATE DATABASE Shop');
    await server.query('CREATE TABLE Orders (a INT)', 'shop');
    await server.query('CREATE TABLE sessions (a INT)', 'shop');

    const whole = await dumpDefinitions(server, 'Shop');
    const some = await dumpDefinitions(server, 'SHOP', {
      includeTables: ['ORDERS', 'Sessions'],
      excludeTables: ['SESSIONS'],
    });

    expect([whole.inventory.database, whole.inventory.tables.map(({ name }) => name)]).toEqual([
      'shop',
      ['orders', 'sessions'],
    ]);
    expect(some.inventory.tables.map(({ name }) => name)).toEqual(['orders']);
    await expect(dumpDefinitions(server, 'MySQL')).rejects.toMatchObject({ code: 'ParameterInvalid' });
  });
}
