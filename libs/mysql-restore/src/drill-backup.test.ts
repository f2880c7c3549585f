import { createSampleDatabase, DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import { drillBackup, type DrillBackupOptions } from './drill-backup.ts';
import type { RestoreReport } from './restore-database.ts';
import { backUpToMemory, type BackupInMemory } from './testing/backup-in-memory.ts';
import { restoreAsRoot } from './testing/restore-as-root.ts';

jest.setTimeout(120_000);

const SCRATCH = 'serverlessops_drill_1';

describe.each(DATABASE_FLAVORS)('on $flavor', ({ start, isAvailable }) => {
  const testHere = isAvailable() ? test : test.skip;
  let server: DatabaseServer;
  let backup: BackupInMemory;

  beforeAll(async () => {
    if (!isAvailable()) return;
    server = await start();
    await createSampleDatabase(server, { name: 'shop', rows: 3000 });
    await server.query('CREATE EVENT hourly ON SCHEDULE EVERY 1 HOUR DO DELETE FROM orders', 'shop');
    await server.query("CREATE DEFINER = 'nobody'@'here' VIEW theirs AS SELECT 1 AS one", 'shop');
    backup = await backUpToMemory(server, 'shop');
    await server.query("CREATE USER drills IDENTIFIED BY 'secret'");
    await server.query('GRANT ALL PRIVILEGES ON `serverlessops\\_drill\\_%`.* TO drills');
  });
  afterAll(async () => {
    if (isAvailable()) await server.stop();
  });

  const account = (): DrillBackupOptions['connection'] => ({
    ...{ host: server.host, port: server.port, user: 'drills', password: 'secret', tls: { mode: 'loopback' } },
  });
  const drill = (options: Partial<DrillBackupOptions> = {}): Promise<RestoreReport> =>
    drillBackup({
      ...{ backup, database: SCRATCH, jobId: 'job-1', signal: new AbortController().signal },
      connection: {
        host: server.host,
        port: server.port,
        user: 'drills',
        password: 'secret',
        tls: { mode: 'loopback' },
      },
      ...options,
    });
  const scratch = (): Promise<unknown[]> =>
    server.query(`SELECT 1 FROM information_schema.schemata WHERE schema_name = '${SCRATCH}'`);
  const rows = (): number => backup.manifest.tables.reduce((sum, table) => sum + table.rows, 0);

  testHere('restores and compares with rights on its own database alone, and leaves nothing behind', async () => {
    expect(await drill()).toMatchObject({ tables: backup.manifest.tables.length, rows: rows() });
    expect(await scratch()).toEqual([]);
  });

  testHere('lets no event of the backup run', async () => {
    await restoreAsRoot(server, 'kept', backup, { isScratch: true });

    const sql = "SELECT DISTINCT status AS is_now FROM information_schema.events WHERE event_schema = 'kept'";
    expect(await server.query(sql)).toEqual([{ is_now: 'DISABLED' }]);
  });

  testHere('tells what the server refuses of the backup, and leaves nothing behind', async () => {
    await server.query('CREATE DATABASE linked');
    await server.query('CREATE VIEW links AS SELECT * FROM shop.orders', 'linked');
    const linked = await backUpToMemory(server, 'linked');

    await expect(drill({ backup: linked })).rejects.toMatchObject({
      code: 'AccessDenied',
    });
    expect(await scratch()).toEqual([]);
  });

  testHere('leaves nothing behind when it is stopped', async () => {
    const stop = new AbortController();

    const attempt = drill({
      signal: stop.signal,
      onProgress: ({ phase }) => phase === 'comparing' && stop.abort(new Error('Stopped by a person.')),
    });

    await expect(attempt).rejects.toThrow('Stopped by a person.');
    expect(await scratch()).toEqual([]);
  });

  testHere('removes what the drill of a dead worker left', async () => {
    await restoreAsRoot(server, SCRATCH, backup, { isScratch: true, jobId: 'dead', connection: account() });

    await drill();

    expect(await scratch()).toEqual([]);
  });

  testHere('refuses a database of that name that no drill made, and leaves it as it is', async () => {
    await server.query(`CREATE DATABASE ${SCRATCH}`);
    await server.query('CREATE TABLE ours (id INT)', SCRATCH);

    await expect(drill()).rejects.toMatchObject({ code: 'TargetNotEmpty' });

    expect(await server.query('SELECT COUNT(*) AS rows_left FROM ours', SCRATCH)).toEqual([{ rows_left: 0 }]);
    await server.query(`DROP DATABASE ${SCRATCH}`);
  });
});
