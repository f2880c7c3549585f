import { JobError } from '@serverless-ops/job-schemas';
import {
  createRestoreUser,
  createSampleDatabase,
  DATABASE_FLAVORS,
  differences,
  exactFacts,
  type DatabaseServer,
  type ExactFacts,
} from '@serverless-ops/test-servers';
import { backUpToMemory, type BackupInMemory } from './testing/backup-in-memory.ts';
import { restoreAsRoot } from './testing/restore-as-root.ts';

jest.setTimeout(120_000);

const MARKER = 'serverlessops_restore_in_work';

describe.each(DATABASE_FLAVORS)('on $flavor', ({ flavor, start, isAvailable }) => {
  const testHere = isAvailable() ? test : test.skip;
  let server: DatabaseServer;
  let backup: BackupInMemory;
  let original: ExactFacts;
  let databases = 0;

  beforeAll(async () => {
    if (!isAvailable()) return;
    server = await start();
    await createSampleDatabase(server, { name: 'shop', rows: 3000 });
    await server.query(
      'CREATE TRIGGER of_orders BEFORE UPDATE ON orders FOR EACH ROW SET @updated = COALESCE(@updated, 0) + 1',
      'shop',
    );
    original = await exactFacts({ server, database: 'shop' });
    backup = await backUpToMemory(server, 'shop');
  });
  afterAll(async () => {
    if (isAvailable()) await server.stop();
  });

  const differencesTo = async (database: string): Promise<unknown[]> =>
    differences(original, await exactFacts({ server, database }));
  /** A copy that everything was restored into. */
  const restored = async (): Promise<string> => {
    const target = `target${++databases}`;
    await restoreAsRoot(server, target, backup);
    return target;
  };

  testHere('makes a database that is missing, and leaves no marker in it', async () => {
    const report = await restoreAsRoot(server, 'made anew', backup);

    expect(await differencesTo('made anew')).toEqual([]);
    expect(report).toMatchObject({
      tables: backup.manifest.tables.length,
      comparedTables: backup.manifest.tables.length,
      rows: backup.manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      warnings: [],
    });
  });

  testHere('refuses a target that holds anything, names it, and changes nothing', async () => {
    await server.query('CREATE DATABASE used');
    await server.query('CREATE PROCEDURE ours() SELECT 1', 'used');

    await expect(restoreAsRoot(server, 'used', backup)).rejects.toMatchObject({
      code: 'TargetNotEmpty',
      message: expect.stringContaining('procedure "ours"') as string,
    });
    expect(await server.query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'used'")).toEqual(
      [],
    );
  });

  testHere('removes what is there when it may overwrite', async () => {
    await server.query('CREATE DATABASE overwritten');
    for (const sql of [
      'CREATE TABLE orders (other INT)',
      'CREATE TABLE theirs (id INT PRIMARY KEY)',
      'CREATE TABLE points (id INT, FOREIGN KEY (id) REFERENCES theirs (id))',
      'CREATE VIEW looks AS SELECT * FROM theirs',
      'CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1',
      'CREATE PROCEDURE p() SELECT 1',
      "CREATE EVENT e ON SCHEDULE AT '2037-01-01' DO SELECT 1",
    ])
      await server.query(sql, 'overwritten');
    const removed: number[] = [];

    await restoreAsRoot(server, 'overwritten', backup, {
      overwrite: true,
      onStart: ({ removes }) => void removed.push(removes),
    });

    expect(await differencesTo('overwritten')).toEqual([]);
    expect(removed).toEqual([7]);
  });

  testHere('restores one table with its triggers, and touches no other', async () => {
    const target = await restored();
    const session = await server.connect(target);
    await session.query('SET foreign_key_checks = 0');
    await session.query('DROP TABLE orders');
    await session.query('DELETE FROM customers LIMIT 1');
    await session.end();

    const report = await restoreAsRoot(server, target, backup, { tables: ['orders'] });

    expect((await differencesTo(target)).map((each) => (each as { what: string }).what)).toEqual([
      'rows: customers: number',
      'rows: customers: digest',
    ]);
    expect(report).toMatchObject({ tables: 1, comparedTables: 1 });
  });

  testHere('names rows of a table that point to rows which are not there', async () => {
    const { warnings } = await restoreAsRoot(server, 'one table', backup, { tables: ['orders'] });

    expect(warnings).toEqual([
      expect.stringMatching(/^Rows of table "orders" point to table "customers", which does not exist/),
    ]);
  });

  testHere('refuses a table that is there, and one that the backup does not have', async () => {
    const target = await restored();

    await expect(restoreAsRoot(server, target, backup, { tables: ['orders'] })).rejects.toMatchObject({
      code: 'TargetNotEmpty',
    });
    await expect(restoreAsRoot(server, target, backup, { tables: ['order'] })).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
    expect(await differencesTo(target)).toEqual([]);
  });

  testHere('refuses a second restore into the same target', async () => {
    let second: unknown;
    await restoreAsRoot(server, 'wanted', backup, {
      onStart: async () => {
        second = await restoreAsRoot(server, 'wanted', backup).catch((error: unknown) => error);
      },
    });

    expect(second).toMatchObject({ code: 'RestoreInProgress', retryable: true });
    expect(await differencesTo('wanted')).toEqual([]);
  });

  testHere('keeps the marker when it is stopped, and starts clean when it runs again', async () => {
    const stop = new AbortController();
    const stopped = restoreAsRoot(server, 'stopped', backup, {
      signal: stop.signal,
      onProgress: ({ phase }) => phase === 'restoring' && stop.abort(new JobError('Stopped', 'Enough.')),
    });

    await expect(stopped).rejects.toMatchObject({ code: 'Stopped' });
    expect(await server.query(`SELECT COUNT(*) AS count FROM \`${MARKER}\``, 'stopped')).toEqual([{ count: 1 }]);
    const begun: unknown[] = [];
    await restoreAsRoot(server, 'stopped', backup, { onStart: (start) => void begun.push(start) });
    expect(await differencesTo('stopped')).toEqual([]);
    expect(begun).toMatchObject([{ removes: 0, cutOff: { jobId: 'job-1' } }]);
  });

  testHere('removes of some tables that were cut off these tables alone', async () => {
    const target = await restored();
    const session = await server.connect(target);
    await session.query('SET foreign_key_checks = 0');
    await session.query('DROP TABLE orders');
    await session.query('CREATE TABLE kept (id INT)');
    await session.end();
    const stop = new AbortController();
    const stopped = restoreAsRoot(server, target, backup, {
      tables: ['orders'],
      signal: stop.signal,
      onProgress: ({ phase }) => phase === 'comparing' && stop.abort(new JobError('Stopped', 'Enough.')),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'Stopped' });

    await restoreAsRoot(server, target, backup, { tables: ['orders'] });
    await server.query('DROP TABLE kept', target);

    expect(await differencesTo(target)).toEqual([]);
  });

  if (flavor === 'MariaDB') {
    testHere('puts a sequence where it was, also when it was cut off between its making and its position', async () => {
      await server.query('CREATE DATABASE numbered');
      await server.query('CREATE SEQUENCE numbers', 'numbered');
      await server.query('CREATE TABLE bills (id INT PRIMARY KEY DEFAULT NEXTVAL(numbers))', 'numbered');
      await server.query('INSERT INTO bills VALUES (), (), ()', 'numbered');
      const ofBills = await backUpToMemory(server, 'numbered');
      await server.query('CREATE DATABASE renumbered');
      const stop = new AbortController();
      const stopped = restoreAsRoot(server, 'renumbered', ofBills, {
        tables: ['bills'],
        signal: stop.signal,
        onProgress: ({ phase }) => phase === 'comparing' && stop.abort(new JobError('Stopped', 'Enough.')),
      });
      await expect(stopped).rejects.toMatchObject({ code: 'Stopped' });
      await server.query('CREATE OR REPLACE SEQUENCE numbers', 'renumbered');

      await restoreAsRoot(server, 'renumbered', ofBills, { tables: ['bills'] });

      await server.query('INSERT INTO bills VALUES ()', 'renumbered');
      expect(await server.query('SELECT COUNT(*) AS bills FROM bills', 'renumbered')).toEqual([{ bills: 4 }]);
    });
  }

  testHere('says that rows are not those of the backup, and keeps the marker', async () => {
    const tables = backup.manifest.tables.map((table) =>
      table.name === 'orders'
        ? {
            ...table,
            checksum: 'ffffffff00000000',
            parts: table.parts?.map((part) => (part.rows > 0 ? { ...part, checksum: 'ffffffff00000000' } : part)),
          }
        : table,
    );
    const other = { ...backup, manifest: { ...backup.manifest, tables } } as BackupInMemory;

    await expect(restoreAsRoot(server, 'differs', other)).rejects.toMatchObject({
      code: 'RestoreDiffers',
      message: expect.stringContaining('"orders"') as string,
    });
    expect(await server.query(`SELECT COUNT(*) AS count FROM \`${MARKER}\``, 'differs')).toEqual([{ count: 1 }]);
  });

  testHere('names everything that an account lacks, before it changes anything', async () => {
    const password = await createRestoreUser(server, ['limited']);
    const connection = {
      ...{ host: server.host, port: server.port, user: 'restorer', password },
      tls: { mode: 'loopback' as const },
    };
    await server.query("GRANT SELECT ON denied.* TO 'restorer'@'%'");

    const refused = restoreAsRoot(server, 'denied', backup, { connection });
    await expect(refused).rejects.toMatchObject({ code: 'AccessDenied' });
    await expect(refused).rejects.toThrow(/lacks rights on the database: CREATE, INSERT, .*belong to root@%/s);
    await expect(restoreAsRoot(server, 'limited', backup, { connection })).rejects.toThrow(/definer: strip/);
    expect(await server.query("SHOW DATABASES LIKE 'denied'")).toEqual([]);

    await restoreAsRoot(server, 'limited', backup, { connection, definer: 'strip' });
    expect((await differencesTo('limited')).filter((each) => !/definer/i.test(JSON.stringify(each)))).toEqual([]);
  });
});
