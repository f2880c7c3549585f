import { connect } from '@serverless-ops/mysql-connect';
import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { zstdDecompressSync } from 'node:zlib';
import { dumpRows, type DumpRowsOptions, type RowsReport } from './dump-rows.ts';
import type { DumpTable } from './dump-table.ts';
import { dumpTables } from './inventory/inventory.ts';
import { readInventory } from './inventory/read-inventory.ts';
import { databaseOf } from './testing/database-of.ts';
import { loadWithClient } from './testing/load-with-client.ts';
import { memorySink } from './testing/memory-sink.ts';
import { readDumpTables } from './testing/read-dump-tables.ts';
import { readTableStates } from './snapshot/table-states.ts';
import type { RowsProgress } from './whole-estimate.ts';

jest.setTimeout(120_000);

const NEVER = new AbortController().signal;

/** Ten digits, each a row: cross joins of it make tables of any length. */
const DIGITS =
  '(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)';
const THOUSAND = `(SELECT a.d + 10 * b.d + 100 * c.d AS n FROM ${DIGITS} a, ${DIGITS} b, ${DIGITS} c)`;
const TEN_THOUSAND = `(SELECT t.n + 1000 * e.d AS n FROM ${THOUSAND} t, ${DIGITS} e)`;

describe.each(DATABASE_FLAVORS.filter(({ isAvailable }) => isAvailable()))('on $flavor', ({ start }) => {
  let server: DatabaseServer;
  let session: Connection;
  let database: string;
  let count = 0;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(async () => server.stop());
  beforeEach(async () => {
    database = `d${++count}`;
    await server.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
    session = await connect(databaseOf(server, database));
  });
  afterEach(() => session.destroy());

  async function dump(
    options: Partial<DumpRowsOptions> = {},
  ): Promise<{ report: RowsReport; objects: Map<string, Buffer> }> {
    const { sink, objects } = memorySink();
    const connection = databaseOf(server, database);
    const tables = options.tables ?? (await readDumpTables(session));
    return { report: await dumpRows({ connection, tables, sink, signal: NEVER, parallelism: 2, ...options }), objects };
  }

  /** As if the tables were so big that they are cut into chunks of about so many rows. */
  async function cut(tables: readonly DumpTable[], rows: number): Promise<Partial<DumpRowsOptions>> {
    // Without statistics, MySQL takes a table for empty, and no range of it is worth a chunk.
    for (const { name } of tables) await session.query(`ANALYZE TABLE ${name}`);
    const big = tables.map((table) => ({ ...table, estimatedRows: 10_000, estimatedBytes: 10_000 * 1000 }));
    return { tables: big, chunkBytes: rows * 1000 };
  }

  /** Threads and sessions that a dump has left on the server, beside the test's own. */
  async function sessionsLeft(): Promise<number> {
    for (let attempt = 0; ; attempt++) {
      const rows = await server.query(
        `SELECT id FROM information_schema.processlist WHERE db LIKE '${database}%' AND id <> ${session.threadId}`,
      );
      // The server notices the end of a connection a moment later.
      if (rows.length === 0 || attempt === 200) return rows.length;
    }
  }

  test('a chunk can be had by a range of its object, and loaded by itself', async () => {
    await session.query('CREATE TABLE numbers (id INT PRIMARY KEY, name VARCHAR(20))');
    await session.query(`INSERT INTO numbers SELECT n, CONCAT('n', n) FROM ${TEN_THOUSAND} t`);
    await session.query('CREATE TABLE other (id INT PRIMARY KEY)');
    await session.query('INSERT INTO other VALUES (1), (2)');
    const { report, objects } = await dump(await cut(await readDumpTables(session), 1000));

    await session.query(`CREATE DATABASE ${database}_target`);
    await session.query(`CREATE TABLE ${database}_target.numbers LIKE numbers`);
    const chunks = report.chunks.filter(({ table }) => table === 'numbers').toReversed();
    for (const { object, offset, storedBytes, bytes } of chunks) {
      const range = objects.get(object)?.subarray(offset, offset + storedBytes) ?? Buffer.alloc(0);
      expect(zstdDecompressSync(range)).toHaveLength(bytes);
      loadWithClient(server, 'mariadb', `${database}_target`, range);
    }

    const [[sums]] = await session.query<RowDataPacket[]>(
      `SELECT COUNT(*) AS total, COUNT(s.id) AS same FROM ${database}_target.numbers t LEFT JOIN numbers s USING (id, name)`,
    );
    expect(sums).toEqual({ total: 10_000, same: 10_000 });
    expect(chunks.length).toBeGreaterThan(6);
    expect(chunks.length).toBeLessThan(30);
    expect(report.chunks.reduce((sum, { storedBytes }) => sum + storedBytes, 0)).toBe(report.storedBytes);
  });

  test.each([
    ['holes', 'BIGINT', `SELECT n * 1000003 - 5000000 FROM ${TEN_THOUSAND} t`],
    ['one number far away', 'BIGINT UNSIGNED', `SELECT n FROM ${THOUSAND} t UNION ALL SELECT 18446744073709551615`],
    [
      'the ends of the range',
      'BIGINT',
      'SELECT -9223372036854775808 UNION ALL SELECT -1 UNION ALL SELECT 9223372036854775807',
    ],
    ['negative numbers alone', 'INT', `SELECT -3 - n FROM ${THOUSAND} t`],
    ['texts', 'VARCHAR(50)', `SELECT CONCAT(CHAR(65 + MOD(n, 26)), '\\\\''ä', n) FROM ${TEN_THOUSAND} t`],
    ['texts of another character set', 'VARCHAR(50) CHARACTER SET utf16', `SELECT CONCAT('ß', n) FROM ${THOUSAND} t`],
    ['binary', 'VARBINARY(20)', `SELECT UNHEX(LEFT(SHA2(n, 256), 40)) FROM ${TEN_THOUSAND} t`],
    ['times', 'DATETIME(6)', `SELECT TIMESTAMPADD(MICROSECOND, n * 1001, '2024-01-01') FROM ${THOUSAND} t`],
    ['decimals', 'DECIMAL(20,4)', `SELECT (n - 500) / 7 FROM ${THOUSAND} t`],
    ['floats, which are not cut', 'DOUBLE', `SELECT n / 7e0 FROM ${THOUSAND} t`],
  ])('a key of %s is cut into chunks that hold every row once', async (_, type, rows) => {
    await session.query(`CREATE TABLE t (k ${type} PRIMARY KEY, filler VARCHAR(10))`);
    await session.query(`INSERT INTO t (k) ${rows}`);
    const tables = await readDumpTables(session);

    const whole = await dump({ tables });
    const inChunks = await dump(await cut(tables, 300));

    expect(inChunks.report.tables).toMatchObject([
      { rows: whole.report.rows, checksum: whole.report.tables[0]?.checksum },
    ]);
    expect(whole.report.chunks).toHaveLength(1);
  });

  test('a key of dates that are none is cut', async () => {
    await session.query("SET sql_mode = 'ALLOW_INVALID_DATES'");
    await session.query('CREATE TABLE days (day DATE, n INT, PRIMARY KEY (day, n))');
    await session.query(
      `INSERT INTO days SELECT ELT(1 + n % 3, '2024-02-31', '0000-00-00', '2024-12-31'), n FROM ${TEN_THOUSAND} t`,
    );

    const { report } = await dump(await cut(await readDumpTables(session), 1000));

    expect(report.chunks.length).toBeGreaterThan(1);
    expect(report.rows).toBe(10_000);
  });

  test('a key of several columns is cut by its first', async () => {
    await session.query('CREATE TABLE t (a INT, b VARCHAR(10), c INT, PRIMARY KEY (a, b))');
    await session.query(`INSERT INTO t SELECT MOD(n, 7), n, n FROM ${TEN_THOUSAND} t`);

    const { report } = await dump(await cut(await readDumpTables(session), 300));

    expect(report.rows).toBe(10_000);
    expect(report.chunks.length).toBeGreaterThan(3);
  });

  test('a key of texts that are empty in most rows is cut', async () => {
    await session.query('CREATE TABLE t (tenant VARCHAR(10) CHARACTER SET latin1, n INT, PRIMARY KEY (tenant, n))');
    await session.query(`INSERT INTO t SELECT IF(n < 4000, '', n), n FROM ${TEN_THOUSAND} t`);

    const { report } = await dump(await cut(await readDumpTables(session), 1000));

    expect(report.rows).toBe(10_000);
    expect(report.chunks.length).toBeGreaterThan(3);
  });

  test('a key on the beginning of a column, whose collation takes two letters for one, loses no row', async () => {
    await session.query('CREATE TABLE t (k VARCHAR(20) COLLATE utf8mb4_german2_ci, n INT, PRIMARY KEY (k(3), n))');
    await session.query(`INSERT INTO t SELECT CONCAT(ELT(1 + n % 3, 'ä', 'ae', 'ad'), n), n FROM ${THOUSAND} t`);
    const { tables } = await readInventory(session, database);

    const { report } = await dump(await cut(dumpTables({ tables }), 100));

    expect(report.rows).toBe(1000);
  });

  test('many small tables share an object, and empty ones take no room', async () => {
    for (let table = 0; table < 30; table++) await session.query(`CREATE TABLE t${table} (id INT PRIMARY KEY)`);
    for (let table = 0; table < 30; table += 3) await session.query(`INSERT INTO t${table} VALUES (${table})`);

    const { report, objects } = await dump();

    expect([...objects.keys()]).toEqual(['2-rows-00001.sql.zst']);
    expect(report.chunks).toHaveLength(10);
    expect(report.tables).toHaveLength(30);
    expect(report.tables[1]).toEqual({ table: 't1', rows: 0, bytes: 0, checksum: '0000000000000000' });
  });

  test('a database without tables, and one without rows, make no objects', async () => {
    const nothing = await dump();
    await session.query('CREATE TABLE t (id INT)');
    const noRows = await dump();

    expect(nothing.report).toMatchObject({ objects: [], chunks: [], tables: [], rows: 0 });
    expect(noRows.report).toMatchObject({ objects: [], chunks: [], rows: 0 });
  });

  test('a new object begins where the last one is long enough', async () => {
    await session.query('CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))');
    await session.query(`INSERT INTO t SELECT n, LEFT(SHA2(n, 256), 20) FROM ${TEN_THOUSAND} t`);

    const { report, objects } = await dump({ ...(await cut(await readDumpTables(session), 500)), objectBytes: 30_000 });

    expect(objects.size).toBeGreaterThan(3);
    expect(report.objects.map(({ key }) => key)).toEqual([...objects.keys()].sort());
    for (const { key, storedBytes } of report.objects) expect(objects.get(key)).toHaveLength(storedBytes);
  });

  test('progress counts rows and bytes up to the whole, which it estimates', async () => {
    await session.query('CREATE TABLE t (id INT PRIMARY KEY)');
    await session.query(`INSERT INTO t SELECT n FROM ${TEN_THOUSAND} t`);
    const seen: RowsProgress[] = [];

    const { report } = await dump({
      ...(await cut(await readDumpTables(session), 1000)),
      onProgress: (progress) => seen.push(progress),
    });

    expect(seen.length).toBeGreaterThan(3);
    expect(seen.at(-1)).toMatchObject({ rows: 10_000, ofRows: 10_000, bytes: report.bytes });
    expect(seen.filter(({ bytes, ofBytes = 0 }) => bytes > ofBytes)).toEqual([]);
  });

  describe('with a table that is being read', () => {
    beforeEach(async () => {
      await session.query('CREATE TABLE t (id INT PRIMARY KEY, filler VARBINARY(1000))');
      await session.query(`INSERT INTO t SELECT n, RANDOM_BYTES(1000) FROM ${TEN_THOUSAND} t`);
    });

    /** A dump whose sink has its first piece and takes no more until `goOn`. */
    async function stuckDump(
      signal = NEVER,
    ): Promise<{ dumping: Promise<unknown>; goOn: () => void; stored: () => number }> {
      let goOn: () => void = () => undefined;
      const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
      let stored = 0;
      const states = await readTableStates(session);
      let reached: () => void = () => undefined;
      const firstPiece = new Promise<void>((resolve) => (reached = resolve));
      const dumping = dump({
        ...(await cut(await readDumpTables(session), 1000)),
        ...{ signal, states },
        sink: async (_, source) => {
          for await (const _piece of source) {
            reached();
            await mayGoOn;
          }
          stored++;
          return { storedBytes: 1, storedSha256: '' };
        },
      });
      dumping.catch(() => undefined);
      await Promise.race([firstPiece, dumping]);
      return { dumping, goOn, stored: () => stored };
    }

    test('an abort ends everything at once, with its reason', async () => {
      const controller = new AbortController();
      const { dumping, goOn, stored } = await stuckDump(controller.signal);

      controller.abort(new Error('stopped'));
      goOn();

      await expect(dumping).rejects.toThrow('stopped');
      expect(stored()).toBe(0);
      expect(await sessionsLeft()).toBe(0);
    });

    test('a sink that fails ends everything, with its error', async () => {
      const failing = dump({
        ...(await cut(await readDumpTables(session), 1000)),
        sink: async (_, source) => {
          for await (const _piece of source) throw new Error('bucket is gone');
          throw new Error('no piece came');
        },
      });

      await expect(failing).rejects.toThrow('bucket is gone');
      expect(await sessionsLeft()).toBe(0);
    });

    test('a session that is killed ends everything as ConnectionLost', async () => {
      const { dumping, goOn, stored } = await stuckDump();
      const sessions = await server.query(
        `SELECT id FROM information_schema.processlist WHERE db = '${database}' AND id <> ${session.threadId}`,
      );

      for (const { id } of sessions) await server.query(`KILL ${String(id)}`).catch(() => undefined);
      goOn();

      expect(sessions.length).toBeGreaterThan(0);
      await expect(dumping).rejects.toMatchObject({ code: 'ConnectionLost' });
      expect(stored()).toBe(0);
      expect(await sessionsLeft()).toBe(0);
    });

    test('a definition that changes meanwhile is noticed', async () => {
      await session.query('CREATE TABLE later (id INT PRIMARY KEY)');
      const states = await readTableStates(session);
      const tables = await readDumpTables(session);
      await session.query('DROP TABLE later');

      await expect(dump({ tables, states })).rejects.toMatchObject({ code: 'DatabaseBusy', retryable: true });
      expect(await sessionsLeft()).toBe(0);
    });

    test('a table that does not belong to the dump may come and go', async () => {
      await session.query('CREATE TABLE scratch (id INT)');
      const states = await readTableStates(session);
      const tables = (await readDumpTables(session)).filter(({ name }) => name !== 'scratch');
      await session.query('DROP TABLE scratch');

      const { report } = await dump({ tables, states, isDumped: (table) => table !== 'scratch' });

      expect(report.tables.map(({ table }) => table)).not.toContain('scratch');
    });

    test('a table that is truncated meanwhile is noticed', async () => {
      // The account may not lock definitions, so that TRUNCATE is not kept waiting.
      await server.query(`CREATE USER reader_${database} IDENTIFIED BY 'secret'`);
      await server.query(`GRANT SELECT, LOCK TABLES ON ${database}.* TO reader_${database}`);
      const connection = { ...databaseOf(server, database), user: `reader_${database}`, password: 'secret' };
      const other = await connect(databaseOf(server, database));
      let truncating: Promise<unknown> | undefined;
      const dumping = dump({
        connection,
        ...(await cut(await readDumpTables(session), 500)),
        sink: async (_, source) => {
          for await (const _piece of source) truncating ??= other.query('TRUNCATE t');
          return { storedBytes: 1, storedSha256: '' };
        },
      });

      await expect(dumping).rejects.toMatchObject({ code: 'DatabaseBusy' });
      await truncating;
      other.destroy();
    });
  });
});
