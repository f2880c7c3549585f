import { createHash } from 'node:crypto';
import { JobError } from '@serverless-ops/job-schemas';
import {
  createRestoreUser,
  createSampleDatabase,
  DATABASE_FLAVORS,
  differences,
  exactFacts,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import type { RestoreDatabaseOptions } from './restore-database.ts';
import { backUpToMemory, type BackupInMemory } from './testing/backup-in-memory.ts';
import { restoreAsRoot } from './testing/restore-as-root.ts';

jest.setTimeout(120_000);

/** Servers know the time of a table to the second: that of its making, or on MariaDB of its last renaming. */
const ANOTHER_SECOND = 'DO SLEEP(1.1)';

describe.each(DATABASE_FLAVORS)('on $flavor, a restore keeps what it was not told to remove:', (flavor) => {
  const testHere = flavor.isAvailable() ? test : test.skip;
  let server: DatabaseServer;
  let backup: BackupInMemory;
  let databases = 0;

  beforeAll(async () => {
    if (!flavor.isAvailable()) return;
    server = await flavor.start();
    await createSampleDatabase(server, { name: 'shop', rows: 1000 });
    await server.query('CREATE TRIGGER of_orders BEFORE UPDATE ON orders FOR EACH ROW SET @updated = 1', 'shop');
    backup = await backUpToMemory(server, 'shop');
  });
  afterAll(async () => {
    if (flavor.isAvailable()) await server.stop();
  });

  /** A database that everything was restored into. */
  const restored = async (): Promise<string> => {
    const target = `target${++databases}`;
    await restoreAsRoot(server, target, backup);
    return target;
  };
  const restore = (target: string, options: Partial<RestoreDatabaseOptions> = {}): Promise<unknown> =>
    restoreAsRoot(server, target, backup, options);
  /** A restore that is stopped when its rows are loaded. */
  const cutOff = async (target: string, options: Partial<RestoreDatabaseOptions> = {}): Promise<void> => {
    const stop = new AbortController();
    const stopped = restore(target, {
      ...options,
      signal: stop.signal,
      onProgress: ({ phase }) => phase === 'comparing' && stop.abort(new JobError('Stopped', 'Enough.')),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'Stopped' });
  };
  const inTarget = async (target: string, ...statements: string[]): Promise<void> => {
    const session = await server.connect(target);
    await session.query('SET foreign_key_checks = 0');
    for (const sql of statements) await session.query(sql);
    await session.end();
  };

  testHere('a table that was put back into its place after a restore of it was cut off', async () => {
    const target = await restored();
    await inTarget(target, 'CREATE TABLE away (id INT)', 'INSERT INTO away VALUES (1), (2)', 'DROP TABLE documents');
    await inTarget(target, ANOTHER_SECOND);
    await cutOff(target, { tables: ['documents'] });
    await inTarget(target, ANOTHER_SECOND, 'DROP TABLE documents', 'RENAME TABLE away TO documents');

    await expect(restore(target, { tables: ['documents'] })).rejects.toMatchObject({
      code: 'TargetNotEmpty',
      message: expect.stringContaining('table "documents"') as string,
    });

    expect(await server.query('SELECT COUNT(*) AS rows_left FROM documents', target)).toEqual([{ rows_left: 2 }]);
  });

  testHere('tables that were made after a restore of the whole database was cut off', async () => {
    await cutOff('half');
    await inTarget('half', 'CREATE TABLE precious (id INT)');

    await expect(restore('half')).rejects.toMatchObject({
      code: 'TargetNotEmpty',
      message: expect.stringContaining('it has table "precious".') as string,
    });
  });

  testHere('what an overwriting restore had not removed yet when it ended', async () => {
    const target = await restored();
    const stopped = restore(target, {
      overwrite: true,
      onStart: () => {
        throw new JobError('Stopped', 'Enough.');
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'Stopped' });

    await expect(restore(target)).rejects.toMatchObject({ code: 'TargetNotEmpty' });
    expect(differences(await facts('shop'), await facts(target))).toEqual([]);
  });

  testHere('the half of another restore, which only a restore of the same tables ends', async () => {
    const target = await restored();
    await cutOff(target, { tables: ['orders'], overwrite: true });

    await expect(restore(target, { tables: ['payments'], overwrite: true })).rejects.toMatchObject({
      code: 'TargetNotEmpty',
      message: expect.stringContaining('was restoring "orders" of the backup') as string,
    });
    await restore(target, { tables: ['orders', 'payments'], overwrite: true });

    expect(differences(await facts('shop'), await facts(target))).toEqual([]);
  });

  testHere('nothing of a restore that was cut off twice, the second time before it had removed anything', async () => {
    await cutOff('twice');
    const reader = await server.connect('twice');
    await reader.query('START TRANSACTION');
    await reader.query('SELECT * FROM orders LIMIT 1');
    const second = restore('twice');
    const dropping = (): ReturnType<DatabaseServer['query']> =>
      server.query(
        "SELECT id AS ID FROM information_schema.processlist WHERE state LIKE 'Waiting for table metadata lock'",
      );
    let drops = await dropping();
    while (drops.length === 0) drops = await dropping();
    await server.query(`KILL ${String(drops[0]?.['ID'])}`);
    await expect(second).rejects.toMatchObject({ message: expect.stringContaining('marked') as string });
    while ((await dropping()).length > 0);
    reader.destroy();

    await restore('twice');

    expect(differences(await facts('shop'), await facts('twice'))).toEqual([]);
  });

  testHere('a table that was renamed to make room, whose triggers and constraints keep their names', async () => {
    const target = await restored();
    await inTarget(target, 'RENAME TABLE orders TO orders_old');
    const before = await facts(target);

    await expect(restore(target, { tables: ['orders'] })).rejects.toMatchObject({
      code: 'TargetNotEmpty',
      message: expect.stringContaining('The table "orders_old" has the trigger "of_orders"') as string,
    });

    expect(differences(before, await facts(target))).toEqual([]);
  });

  testHere('a table that stays, where its foreign key and check have names that the restored table needs', async () => {
    await server.query('CREATE DATABASE keys_of');
    const named = 'CREATE TABLE child (id INT, CONSTRAINT `of``child` FOREIGN KEY (id) REFERENCES parent (id)';
    await inTarget('keys_of', 'CREATE TABLE parent (id INT PRIMARY KEY)', `${named}, CONSTRAINT small CHECK (id < 9))`);
    const ofChild = await backUpToMemory(server, 'keys_of');
    await inTarget('keys_of', 'RENAME TABLE child TO away');

    const refused = restoreAsRoot(server, 'keys_of', ofChild, { tables: ['child'] });

    await expect(refused).rejects.toThrow(/"away" has the foreign key "of`child"/);
    // MariaDB has checks of one name in several tables.
    if (server.flavor === 'mysql') await expect(refused).rejects.toThrow(/"away" has the check "small"/);
    expect(await server.query("SHOW TABLES LIKE 'child'", 'keys_of')).toEqual([]);
  });

  testHere('a table that only has the name of the marker', async () => {
    await server.query('CREATE DATABASE named');
    await server.query('CREATE TABLE serverlessops_restore_in_work (note INT)', 'named');

    await expect(restore('named')).rejects.toMatchObject({ code: 'TargetNotEmpty' });
  });

  testHere('everything, where the server would refuse the definitions', async () => {
    const target = await restored();
    await server.query('CREATE TABLE without_key (id INT)', 'shop');
    const keyless = await backUpToMemory(server, 'shop');
    await server.query('DROP TABLE without_key', 'shop');
    const isMariadb = server.flavor === 'mariadb';
    const password = await createRestoreUser(server, [target]);
    const account = { host: server.host, port: server.port, user: 'restorer', password };
    const before = await facts(target);
    const setting = isMariadb ? 'enforce_storage_engine' : 'sql_require_primary_key';
    await server.query(`SET GLOBAL ${setting} = ${isMariadb ? 'MyISAM' : 'ON'}`);

    const refused = restoreAsRoot(server, target, keyless, {
      ...{ overwrite: true, definer: 'strip', connection: { ...account, tls: { mode: 'loopback' } } },
    });

    await expect(refused).rejects.toThrow(setting);
    await server.query(`SET GLOBAL ${setting} = ${isMariadb ? 'NULL' : 'OFF'}`);
    expect(differences(before, await facts(target))).toEqual([]);
  });

  testHere('nothing of a statement that a killed restore left on the server', async () => {
    const lock = `serverlessops.restore.${createHash('sha256').update('awaited').digest('hex').slice(0, 32)}.0`;
    const killed = await server.connect();
    await killed.query('SELECT GET_LOCK(?, 0)', [lock]);
    const statement = killed.query('SELECT SLEEP(300)').catch((error: unknown) => error);

    await restore('awaited');

    expect(await statement).toBeDefined();
    killed.destroy();
  });

  const facts = (database: string): ReturnType<typeof exactFacts> => exactFacts({ server, database });
});

describe.each(DATABASE_FLAVORS)('on $flavor that keeps names in small letters', (flavor) => {
  const testHere = flavor.isAvailable() ? test : test.skip;
  let server: DatabaseServer;
  let backup: BackupInMemory;

  beforeAll(async () => {
    if (!flavor.isAvailable()) return;
    const exact = await flavor.start();
    await exact.query('CREATE DATABASE source');
    await exact.query('CREATE TABLE Orders (id INT PRIMARY KEY)', 'source');
    await exact.query('INSERT INTO Orders VALUES (1), (2)', 'source');
    await exact.query('CREATE TRIGGER t BEFORE INSERT ON Orders FOR EACH ROW SET @a = 1', 'source');
    backup = await backUpToMemory(exact, 'source');
    await exact.stop();
    server = await flavor.start({ lowersNames: true });
  });
  afterAll(async () => {
    if (flavor.isAvailable()) await server.stop();
  });

  testHere('a table with capitals comes back, whole and alone', async () => {
    await restoreAsRoot(server, 'Mixed', backup);
    await restoreAsRoot(server, 'alone', backup, { tables: ['Orders'] });

    const rows = 'SELECT COUNT(*) AS orders FROM orders';
    expect([await server.query(rows, 'mixed'), await server.query(rows, 'alone')]).toEqual([
      [{ orders: 2 }],
      [{ orders: 2 }],
    ]);
  });

  testHere('a database that has another name by its letters alone is not overwritten', async () => {
    await server.query('CREATE DATABASE full');
    await server.query('CREATE TABLE precious (id INT)', 'full');

    await expect(restoreAsRoot(server, 'Full', backup)).rejects.toMatchObject({ code: 'TargetNotEmpty' });
    await expect(restoreAsRoot(server, 'full', backup)).rejects.toMatchObject({ code: 'TargetNotEmpty' });
  });
});
