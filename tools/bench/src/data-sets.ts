import { createBigDatabase, type BigTable, type DatabaseServer } from '@serverless-ops/test-servers';

/** A database to measure with: the same rows every time. */
export interface DataSet {
  readonly title: string;
  readonly create: (server: DatabaseServer, database: string) => Promise<void>;
}

const DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789-';

type Random = Parameters<BigTable['row']>[0];

function text(random: Random, length: number): string {
  return Array.from({ length }, () => DIGITS[random(DIGITS.length)]).join('');
}

/** A row as sysbench's OLTP tests have it (sysbench, oltp_common.lua): a number and two texts of fixed length. */
function sysbenchTable(name: string, share: number): BigTable {
  return {
    ...{ name, share, bytesPerRow: 204 },
    columns: { k: 'INT NOT NULL', c: 'CHAR(120) NOT NULL', pad: 'CHAR(60) NOT NULL' },
    row: (random) => [random(500_000), text(random, 119), text(random, 59)],
  };
}

const WIDE_COLUMNS = Array.from({ length: 100 }, (_, index) => index);

/** A hundred short columns of five types. */
const WIDE: BigTable = {
  ...{ name: 'wide', share: 1, bytesPerRow: 1290 },
  columns: Object.fromEntries(
    WIDE_COLUMNS.map((index) => [
      `c${index}`,
      ['INT', 'BIGINT NOT NULL', 'VARCHAR(40)', 'DECIMAL(12, 2)', 'DATETIME'][index % 5] ?? 'INT',
    ]),
  ),
  row: (random) =>
    WIDE_COLUMNS.map((index) => {
      switch (index % 5) {
        case 0:
          return random(10) === 0 ? null : random(1_000_000);
        case 1:
          return random(2 ** 31) * 1000;
        case 2:
          return text(random, 8 + random(12));
        case 3:
          return random(1_000_000) / 100;
        default:
          return new Date(random(2 ** 31) * 700);
      }
    }),
};

const BLOBS: BigTable = {
  ...{ name: 'files', share: 1, bytesPerRow: 211_000 },
  columns: { content: 'MEDIUMBLOB NOT NULL' },
  row: (random) => [Buffer.from(Array.from({ length: 50_000 + random(100_000) }, () => random(256)))],
};

const SMALL_TABLES = 5000;

async function createSmallTables(server: DatabaseServer, database: string): Promise<void> {
  await server.query(`CREATE DATABASE ${database}`);
  const connection = await server.connect(database);
  try {
    for (let table = 0; table < SMALL_TABLES; table += 1) {
      await connection.query(`CREATE TABLE t${table} (id INT PRIMARY KEY, name VARCHAR(50), created_at DATETIME)`);
      await connection.query(`INSERT INTO t${table} VALUES (1, 'one', '2026-01-01'), (2, 'two', NULL), (3, '', NULL)`);
    }
  } finally {
    await connection.end();
  }
}

function big(title: string, megabytes: number, tables?: readonly BigTable[]): DataSet {
  return {
    title,
    create: (server, name) => createBigDatabase(server, { megabytes, name, ...(tables && { tables }) }),
  };
}

/** What every way is measured with. */
export const DATA_SETS: readonly DataSet[] = [
  big('a mix of text, numbers and pictures', 800),
  big(
    "rows of sysbench's in 4 tables",
    400,
    [1, 2, 3, 4].map((table) => sysbenchTable(`sbtest${table}`, 0.25)),
  ),
  big("rows of sysbench's in one table", 400, [sysbenchTable('sbtest', 1)]),
  big('rows of 100 columns', 400, [WIDE]),
  big('blobs of 100 kB', 400, [BLOBS]),
  { title: `${SMALL_TABLES} tables of 3 rows`, create: createSmallTables },
  {
    title: 'an empty database',
    create: async (server, database) => {
      await server.query(`CREATE DATABASE ${database}`);
    },
  },
];

/** The same rows in tables with secondary keys and a foreign key. */
export function withKeys({ title, create }: DataSet): DataSet {
  return {
    title: `${title}, with secondary keys and a foreign key`,
    create: async (server, database) => {
      await create(server, database);
      for (const sql of [
        'ALTER TABLE tickets ADD KEY (customer), ADD KEY (opened_at), ADD KEY (subject(40), customer)',
        'ALTER TABLE measurements ADD KEY (sensor, taken_at), ADD KEY (taken_at)',
        'CREATE TABLE links (id INT UNSIGNED NOT NULL PRIMARY KEY, FOREIGN KEY (id) REFERENCES tickets (id))',
        'INSERT INTO links SELECT id FROM tickets',
      ])
        await server.query(sql, database);
    },
  };
}
