import { connect } from '@serverless-ops/mysql-connect';
import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import fc from 'fast-check';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { dumpRows, type RowsReport } from './dump-rows.ts';
import { databaseOf } from './testing/database-of.ts';
import { clientsFor, loadWithClient } from './testing/load-with-client.ts';
import { memorySink } from './testing/memory-sink.ts';
import { readDumpTables } from './testing/read-dump-tables.ts';

jest.setTimeout(120_000);

/** Every character set both servers have whose bytes trip over a lexer, or that utf8mb4 cannot carry. */
const CHARACTER_SETS = ['utf8mb4', 'latin1', 'sjis', 'cp932', 'gbk', 'big5', 'ucs2', 'utf16', 'utf32', 'eucjpms'];

/** Columns with ways to make a value, as SQL, from random bytes. */
const COLUMNS: Record<string, { type: string; value: (bytes: Buffer) => string }> = {
  blob: { type: 'LONGBLOB', value: literal },
  varbinary: { type: 'VARBINARY(64)', value: (bytes) => literal(bytes.subarray(0, 64)) },
  fixed: { type: 'BINARY(7)', value: (bytes) => literal(bytes.subarray(0, 7)) },
  bits: { type: 'BIT(64)', value: (bytes) => literal(padded(bytes, 8)) },
  small: { type: 'TINYINT', value: (bytes) => String(padded(bytes, 1).readInt8()) },
  big: { type: 'BIGINT UNSIGNED', value: (bytes) => String(padded(bytes, 8).readBigUInt64BE()) },
  money: { type: 'DECIMAL(65,30)', value: (bytes) => `${padded(bytes, 4).readInt32BE()}.${digits(bytes)}` },
  half: { type: 'FLOAT', value: (bytes) => finite(padded(bytes, 4).readFloatBE()) },
  full: { type: 'DOUBLE', value: (bytes) => finite(padded(bytes, 8).readDoubleBE()) },
  year: { type: 'YEAR', value: (bytes) => (bytes.length % 2 === 0 ? '0' : '2024') },
  time: {
    type: 'TIME(6)',
    value: (bytes) => `'${bytes.length % 2 ? '-' : ''}${padded(bytes, 2).readUInt16BE() % 838}:01:02.${digits(bytes)}'`,
  },
  at: { type: 'DATETIME(6)', value: (bytes) => `'2024-02-31 01:02:03.${digits(bytes)}'` },
  stamp: { type: 'TIMESTAMP(3) NULL', value: (bytes) => `'2024-03-31 02:30:00.${digits(bytes)}'` },
  nothing: { type: 'DATE', value: () => "'0000-00-00'" },
  json: {
    type: 'JSON',
    value: (bytes) =>
      `_utf8mb4 ${literal(Buffer.from(JSON.stringify({ [bytes.toString('latin1')]: [1.5, null, "'\\\n"] })))}`,
  },
  shape: {
    type: 'GEOMETRY',
    value: (bytes) =>
      `ST_GeomFromText('POINT(${padded(bytes, 1).readInt8() % 80} 27)', ${bytes.length % 2 ? 4326 : 0})`,
  },
  choice: { type: "ENUM('a''b','ä\\\\','x')", value: (bytes) => String(bytes.length % 4) },
  several: { type: "SET('a''b','ä\\\\','x')", value: (bytes) => String(bytes.length % 8) },
  ...Object.fromEntries(
    CHARACTER_SETS.map((name) => [
      `text_${name}`,
      {
        type: `VARCHAR(60) CHARACTER SET ${name}`,
        value: (bytes) => `LEFT(CONVERT(CONVERT(${literal(bytes)} USING cp932) USING ${name}), 60)`,
      },
    ]),
  ),
};

/** Only one of the makers has them. */
const OF_MAKER: Record<DatabaseServer['flavor'], typeof COLUMNS> = {
  mysql: { vector: { type: 'VECTOR(2)', value: (bytes) => `STRING_TO_VECTOR('[${bytes.length}.5,-1]')` } },
  mariadb: {
    address: { type: 'INET6', value: (bytes) => `'::${padded(bytes, 2).toString('hex')}'` },
    id: { type: 'UUID', value: (bytes) => `'${padded(bytes, 16).toString('hex')}'` },
  },
};

describe.each(DATABASE_FLAVORS)('on $flavor', ({ start, isAvailable }) => {
  const testHere = isAvailable() ? test : test.skip;

  testHere('any bytes in columns of every type come back by zstd and the client alone', async () => {
    await using server = await start();
    const columns = { ...COLUMNS, ...OF_MAKER[server.flavor] };
    const names = Object.keys(columns);
    const definitions = names.map((name) => `c_${name} ${columns[name]?.type}`).join(', ');
    const table = `CREATE TABLE \`t \`\`'"\\ä\n;--\` (row_id INT PRIMARY KEY, ${definitions})`;
    await server.query('CREATE DATABASE source');
    const session = await connect(databaseOf(server, 'source'));
    await session.query("SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'");
    await session.query(table);
    const byte = fc.oneof(
      fc.constantFrom(0, 0x0a, 0x0d, 0x1a, 0x22, 0x27, 0x5c, 0x81, 0x95),
      fc.integer({ min: 0, max: 255 }),
    );
    const rows = fc.sample(fc.array(byte, { maxLength: 300 }), { numRuns: 150, seed: 1 });
    for (const [index, bytes] of rows.entries()) {
      const values = names.map((name) => (bytes.length % 7 === 0 ? 'NULL' : columns[name]?.value(Buffer.from(bytes))));
      await session.query(`INSERT INTO \`t \`\`'"\\ä\n;--\` VALUES (${index}, ${values.join(', ')})`);
    }

    const { dump, report } = await dumpDatabase(server, session);

    const expected = await contents(session, names);
    session.destroy();
    expect(report.rows).toBe(150);
    for (const client of clientsFor(server)) {
      for (const options of [[], ['--binary-mode', '--comments']]) {
        await server.query('DROP DATABASE IF EXISTS target');
        await server.query('CREATE DATABASE target');
        const target = await connect(databaseOf(server, 'target'));
        await target.query("SET sql_mode = 'ALLOW_INVALID_DATES'");
        await target.query(table);

        loadWithClient(server, client, 'target', dump, options);

        expect(await contents(target, names)).toEqual(expected);
        const again = await dumpDatabase(server, target);
        expect(again.report.tables).toEqual(report.tables);
        target.destroy();
      }
    }
  });

  testHere('a FLOAT and a DOUBLE come back to the last bit, and a value of 20 MiB does', async () => {
    await using server = await start();
    await server.query('CREATE DATABASE source');
    const session = await connect(databaseOf(server, 'source'));
    const create = 'CREATE TABLE t (id INT PRIMARY KEY, f FLOAT, d DOUBLE, b LONGBLOB)';
    await session.query(create);
    await session.query(
      `INSERT INTO t (id, f, d) VALUES (1, 1234567.75, 0.1), (2, 16777216, 1.7976931348623157e308),
       (3, '-0', '-0'), (4, 1e-45, 5e-324), (5, 3.4028234663852886e38, 123456789.12345679)`,
    );
    await session.query("INSERT INTO t (id, b) VALUES (6, REPEAT('\\0\\'\\\\x', 5 * 1024 * 1024))");
    const { dump, report } = await dumpDatabase(server, session);
    await server.query('CREATE DATABASE target');
    const target = await connect(databaseOf(server, 'target'));
    await target.query(create);

    // Each byte but the x takes two.
    await target.query('SET GLOBAL max_allowed_packet = 1073741824');
    loadWithClient(server, 'mariadb', 'target', dump, ['--max-allowed-packet=1G']);

    const read = 'SELECT f * 1e0 AS f, d * 1e0 AS d, SHA2(b, 256) AS b FROM t ORDER BY id';
    const [[expected], [restored]] = await Promise.all([session.query(read), target.query(read)]);
    session.destroy();
    target.destroy();
    expect(restored).toEqual(expected);
    // MariaDB itself stores -0 as 0.
    const zero = server.flavor === 'mysql' ? -0 : 0;
    expect((restored as RowDataPacket[])[2]).toMatchObject({ f: zero, d: zero });
    expect((restored as RowDataPacket[])[3]).toMatchObject({ f: 1.401298464324817e-45, d: 5e-324 });
    expect(report.longestStatementBytes).toBeGreaterThan(35 * 1024 ** 2);
  });
});

async function dumpDatabase(
  server: DatabaseServer,
  session: Connection,
): Promise<{ dump: Buffer; report: RowsReport }> {
  const [[row]] = await session.query<RowDataPacket[]>('SELECT DATABASE() AS name');
  const { sink, objects } = memorySink();
  const connection = databaseOf(server, String(row?.['name']));
  const tables = await readDumpTables(session);
  const report = await dumpRows({ connection, tables, sink, signal: new AbortController().signal });
  return { dump: Buffer.concat([...objects.values()]), report };
}

/** Bits and bytes of every value, by means of the server's own. */
async function contents(session: Connection, names: readonly string[]): Promise<unknown> {
  const values = names.map((name) => (['half', 'full'].includes(name) ? `c_${name} * 1e0` : `HEX(c_${name})`));
  const [rows] = await session.query(`SELECT ${values.join(', ')} FROM \`t \`\`'"\\ä\n;--\` ORDER BY row_id`);
  return rows;
}

function literal(bytes: Buffer): string {
  return bytes.length === 0 ? "''" : `0x${bytes.toString('hex')}`;
}

function padded(bytes: Buffer, length: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(length)]).subarray(0, length);
}

function digits(bytes: Buffer): string {
  return String(padded(bytes, 4).readUInt32BE() % 1_000_000).padStart(6, '0');
}

function finite(value: number): string {
  return Number.isFinite(value)
    ? `${value < 0 || Object.is(value, -0) ? '-' : ''}${Math.abs(value).toExponential()}`
    : '0';
}
