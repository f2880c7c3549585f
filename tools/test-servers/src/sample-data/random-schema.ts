import fc from 'fast-check';
import { escapeId } from 'mysql2';
import type { DatabaseServer } from '../databases/database-server.ts';
import { randomColumn, type RandomColumn } from './random-columns.ts';

/** Parts of names; each name gets a number, so that no two are the same to a server that ignores case and accents. */
const NAME = fc.string({
  unit: fc.constantFrom(
    'a',
    'Z',
    '_',
    '0',
    ' ',
    '`',
    '"',
    "'",
    '\\',
    'é',
    '表',
    '\n',
    '%',
    '.',
    ';',
    '-',
    '/',
    '*',
    '#',
    '$',
    '☕',
  ),
  maxLength: 12,
});

const COMMENTS = fc.constantFrom('', ' -- the end', " # it's", " /* it's ; */", ' -- DELIMITER', ' /* ;; // $$ */');

/** In quotes that are right under every sql_mode: no backslash, quotes doubled. */
const QUOTED = fc
  .string({
    unit: fc.constantFrom('a', "''", '"', '`', '\n', ';', ';;', '#', '--', '/*', '*/', 'é', '🚚', 'DELIMITER ', ' '),
  })
  .map((text) => `'${text}'`);

const SQL_MODES = fc.subarray([
  'ANSI_QUOTES',
  'NO_BACKSLASH_ESCAPES',
  'PIPES_AS_CONCAT',
  'IGNORE_SPACE',
  'STRICT_ALL_TABLES',
]);

interface RandomTable {
  readonly name: string;
  readonly columns: readonly (RandomColumn & { readonly name: string; readonly rest: string })[];
  readonly key: string;
  readonly options: string;
}

const OPTIONS = [
  '',
  ' ENGINE = MyISAM',
  ' CHARACTER SET latin1',
  ' CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  " COMMENT = 'it''s -- ;'",
];

const randomTable: fc.Arbitrary<RandomTable> = fc
  .tuple(
    NAME,
    fc.array(fc.tuple(randomColumn, NAME, fc.constantFrom('', '', '', ' INVISIBLE', " COMMENT 'it''s'")), {
      minLength: 1,
      maxLength: 7,
    }),
    fc.constantFrom(
      '',
      'id INT AUTO_INCREMENT PRIMARY KEY, ',
      "id BIGINT DEFAULT 0, k VARCHAR(10) DEFAULT 'é', PRIMARY KEY (k, id), ",
    ),
    fc.constantFrom(...OPTIONS),
  )
  .map(([name, columns, key, options]) => ({
    ...{ name, options },
    // One column at least has to be visible.
    key: key === '' ? 'visible INT, ' : key,
    columns: columns.map(([column, columnName, rest], at) => ({ ...column, rest, name: `${columnName}${at}` })),
  }));

function tableStatements({ name, columns, key, options }: RandomTable): fc.Arbitrary<string[]> {
  const made = columns.map((column) => `${escapeId(column.name, true)} ${column.type}${column.rest}`);
  const names = columns.map((column) => escapeId(column.name, true)).join(', ');
  const row = fc.tuple(...columns.map(({ value }) => fc.option(value, { nil: 'NULL', freq: 6 })));
  return fc
    .array(row, { maxLength: 20 })
    .map((rows) => [
      `CREATE TABLE ${escapeId(name, true)} (${key}${made.join(', ')})${options}`,
      ...rows.map((values) => `INSERT IGNORE INTO ${escapeId(name, true)} (${names}) VALUES (${values.join(', ')})`),
    ]);
}

const randomProgram = fc
  .tuple(SQL_MODES, fc.integer({ min: 0, max: 4 }), NAME, QUOTED, COMMENTS)
  .map(([modes, kind, name, text, comment]) => {
    const quoted = escapeId(`${name}p`, true);
    const programs = [
      `CREATE PROCEDURE ${quoted}() SELECT ${text}${comment}`,
      `CREATE FUNCTION ${quoted}() RETURNS TEXT DETERMINISTIC RETURN ${text}${comment}`,
      `CREATE EVENT ${quoted} ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO SELECT ${text}${comment}`,
      `CREATE TRIGGER ${quoted} BEFORE INSERT ON triggered FOR EACH ROW SET @x = ${text}${comment}`,
      `CREATE VIEW ${quoted} AS SELECT a, ${text} AS b FROM triggered`,
    ];
    return [`SET sql_mode = '${modes.join(',')}'`, programs[kind] ?? ''];
  });

/** The statements of a random database: tables with rows, views, routines, triggers, events. For {@link createRandom}. */
export const randomSchema: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.array(randomTable.chain(tableStatements), { minLength: 1, maxLength: 4 }),
    fc.array(randomProgram, { maxLength: 5 }),
  )
  .map(([tables, programs]) => [
    "SET sql_mode = ''",
    'CREATE TABLE triggered (a INT)',
    ...tables.flat(),
    ...programs.flat(),
  ]);

/**
 * Makes the database as far as the server takes the statements: which combinations it refuses, such as rows that are too
 * long, is no business of who wants a database. Gives how many it took.
 */
export async function createRandom(
  server: DatabaseServer,
  database: string,
  statements: readonly string[],
): Promise<number> {
  await server.query(`CREATE DATABASE ${escapeId(database, true)} CHARACTER SET utf8mb4`);
  const connection = await server.connect(database);
  let taken = 0;
  try {
    for (const sql of statements) {
      await connection.query(sql).then(
        () => taken++,
        (error: unknown) => {
          if ((error as { fatal?: boolean }).fatal === true) throw error;
        },
      );
    }
  } finally {
    await connection.end();
  }
  return taken;
}
