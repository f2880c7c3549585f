import fc from 'fast-check';
import { escapeId } from 'mysql2';
import type { DatabaseServer } from '../databases/database-server.ts';
import { randomName } from './random-names.ts';
import { COMMON_TABLE, randomTable } from './random-table.ts';

const COMMENTS = fc.constantFrom('', ' -- the end', " # it's", " /* it's ; */", ' -- DELIMITER', ' /* ;; // $$ */');

/** In quotes that are right under every sql_mode: no backslash, quotes doubled. */
const QUOTED = fc
  .string({
    unit: fc.constantFrom('a', "''", '"', '`', '\n', ';', ';;', '#', '--', '/*', '*/', 'é', '🚚', 'DELIMITER ', ' '),
  })
  .map((text) => `'${text}'`);

const SQL_MODES = fc.subarray([
  ...['ANSI_QUOTES', 'NO_BACKSLASH_ESCAPES', 'PIPES_AS_CONCAT', 'IGNORE_SPACE', 'STRICT_ALL_TABLES'],
]);

interface ProgramParts {
  /** Quoted; `over` sorts before it, so that it is no order by name that restores both. */
  readonly name: string;
  readonly over: string;
  readonly table: string;
  readonly text: string;
  readonly comment: string;
}

const PROGRAMS: readonly ((parts: ProgramParts) => string[])[] = [
  ({ name, text, comment }) => [`CREATE PROCEDURE ${name}() SELECT ${text}${comment}`],
  ({ name, text, comment }) => [
    `CREATE PROCEDURE ${name}(IN \`in \`\`x\` DECIMAL(9, 2), OUT y VARCHAR(9) CHARACTER SET latin1, INOUT z JSON) COMMENT ${text} SELECT ${text}${comment}`,
  ],
  ({ name, text, comment }) => [`CREATE FUNCTION ${name}() RETURNS TEXT DETERMINISTIC RETURN ${text}${comment}`],
  ({ name, text, comment }) => [
    `CREATE FUNCTION ${name}(x VARCHAR(50)) RETURNS VARCHAR(99) DETERMINISTIC RETURN CONCAT(x, ${text})${comment}`,
    `CREATE VIEW ${name} AS SELECT ${name}(a) AS b FROM ${COMMON_TABLE}`,
  ],
  ({ name, text, comment }) => [
    `CREATE EVENT ${name} ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO SELECT ${text}${comment}`,
  ],
  ({ name, table, text, comment }) => [
    `CREATE TRIGGER ${name} BEFORE INSERT ON ${table} FOR EACH ROW SET @x = ${text}${comment}`,
    `CREATE TRIGGER ${name.slice(0, -1)}t\` AFTER DELETE ON ${table} FOR EACH ROW BEGIN SET @y = ${text}; END`,
  ],
  ({ name, over, table, text }) => [
    `CREATE VIEW ${name} AS SELECT a, ${text} AS b FROM ${COMMON_TABLE}`,
    `CREATE VIEW ${over} AS SELECT v.*, 1 AS one FROM ${name} AS v WHERE EXISTS (SELECT * FROM ${table})`,
  ],
  ({ name, over, table }) => [
    `CREATE VIEW ${name} AS SELECT * FROM ${table}`,
    `CREATE VIEW ${over} AS SELECT COUNT(*) AS n FROM ${name} UNION SELECT a FROM ${COMMON_TABLE}`,
  ],
];

function randomProgram(tables: readonly string[]): fc.Arbitrary<string[]> {
  return fc
    .record({
      modes: SQL_MODES,
      make: fc.constantFrom(...PROGRAMS),
      name: randomName,
      table: fc.constantFrom(COMMON_TABLE, ...tables).map((name) => escapeId(name, true)),
      text: QUOTED,
      comment: COMMENTS,
    })
    .map(({ modes, make, name, ...parts }) => [
      `SET sql_mode = '${modes.join(',')}'`,
      ...make({ ...parts, name: escapeId(`${name}p`, true), over: escapeId(`!${name}v`, true) }),
    ]);
}

/** The statements of a random database: tables with rows, views, routines, triggers, events. For {@link createRandom}. */
export function randomSchema(flavor: DatabaseServer['flavor']): fc.Arbitrary<string[]> {
  return fc
    .array(randomTable(flavor), { minLength: 1, maxLength: 4 })
    .chain((tables) =>
      fc
        .array(randomProgram(tables.map(({ name }) => name)), { maxLength: 5 })
        .map((programs) => [
          "SET sql_mode = ''",
          `CREATE TABLE ${COMMON_TABLE} (a INT PRIMARY KEY)`,
          `INSERT INTO ${COMMON_TABLE} VALUES (1), (2), (3)`,
          ...tables.flatMap(({ statements }) => statements),
          ...programs.flat(),
        ]),
    );
}
