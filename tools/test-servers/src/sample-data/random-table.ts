import fc from 'fast-check';
import { escapeId } from 'mysql2';
import type { DatabaseServer } from '../databases/database-server.ts';
import type { RandomColumn } from './random-column.ts';
import { randomColumn } from './random-columns.ts';
import { randomName } from './random-names.ts';

/** The table that others refer to, and that programs use. */
export const COMMON_TABLE = 'common';

/** A table with rows, as statements. */
export interface RandomTable {
  readonly name: string;
  readonly statements: readonly string[];
}

interface NamedColumn extends RandomColumn {
  readonly name: string;
  readonly rest: string;
}

/** What makes a row one of a kind, and a column that is visible whatever the others are. */
const KEYS = [
  'visible INT',
  'id INT AUTO_INCREMENT PRIMARY KEY',
  "id BIGINT DEFAULT 0, k VARCHAR(10) DEFAULT 'é', PRIMARY KEY (k, id)",
  'id BIGINT UNSIGNED, part DECIMAL(20, 5) DEFAULT -1.5, UNIQUE KEY (id), PRIMARY KEY (part, id)',
];

const OPTIONS = [
  ...['', '', '', ' ENGINE = MyISAM', ' ENGINE = MEMORY', ' CHARACTER SET latin1', " COMMENT = 'it''s -- ;'"],
  ...[' CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', ' ROW_FORMAT = COMPRESSED', ' PARTITION BY KEY () PARTITIONS 3'],
];

const REST = fc.constantFrom('', '', '', '', ' INVISIBLE', " COMMENT 'it''s'", ' UNIQUE');

/** Columns that the server computes: from a column that every table has, and from any other. */
const GENERATED = fc.subarray(
  [
    (id: string) => `g1 INT AS (${id} + 1) VIRTUAL`,
    (id: string) => `g2 VARCHAR(60) CHARACTER SET latin1 AS (CONCAT('é it''s', ${id})) STORED`,
    (_: string, other: string) => `g3 VARCHAR(200) AS (LEFT(HEX(${other}), 200)) VIRTUAL`,
    (_: string, other: string) => `g4 LONGTEXT AS (CONCAT(${other}, '\\\\')) STORED INVISIBLE`,
    (id: string) => `CONSTRAINT \`c\`\`h\` CHECK (${id} > -9 OR ${id} IS NULL)`,
  ],
  { maxLength: 3 },
);

export function randomTable(flavor: DatabaseServer['flavor']): fc.Arbitrary<RandomTable> {
  const named = fc
    .array(fc.tuple(randomColumn(flavor), randomName, REST), { minLength: 1, maxLength: 8 })
    .map((columns) =>
      columns.map(([column, name, rest], at): NamedColumn => ({ ...column, rest, name: `${name}${at}` })),
    );
  return fc
    .record({
      name: randomName,
      columns: named,
      key: fc.constantFrom('of a column', 'of a column', ...KEYS),
      options: fc.constantFrom(...OPTIONS),
      generated: GENERATED,
      refers: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
    })
    .chain(({ name, columns, key, options, generated, refers }) => {
      const inKey = key === 'of a column' ? columns.find((column) => column.inKey !== undefined) : undefined;
      const own = inKey === undefined && key === 'of a column' ? 'visible INT' : key;
      const id = inKey === undefined ? (own.split(' ')[0] ?? '') : 'visible';
      const other = escapeId(columns[0]?.name, true);
      const lines = [
        ...(inKey === undefined
          ? [own]
          : ['visible INT', `PRIMARY KEY (${escapeId(inKey.name, true)}${inKey.inKey ?? ''})`]),
        ...columns.map((column) => definition(column, column === inKey)),
        ...generated.map((make) => make(id, other)),
        ...(refers
          ? [
              `ref INT DEFAULT 2, CONSTRAINT ${escapeId(`${name}fk`, true)} FOREIGN KEY (ref) REFERENCES ${COMMON_TABLE} (a)`,
            ]
          : []),
      ];
      const quoted = escapeId(name, true);
      const names = columns.map((column) => escapeId(column.name, true)).join(', ');
      const row = fc.tuple(
        ...columns.map((column) =>
          column === inKey ? column.value : fc.option(column.value, { nil: 'NULL', freq: 6 }),
        ),
      );
      return fc.array(row, { maxLength: 20 }).map((rows) => ({
        name,
        statements: [
          `CREATE TABLE ${quoted} (${lines.join(', ')})${options}`,
          ...rows.map((values) => `INSERT IGNORE INTO ${quoted} (${names}) VALUES (${values.join(', ')})`),
        ],
      }));
    });
}

function definition({ name, type, rest }: NamedColumn, isKey: boolean): string {
  // A key column is neither NULL nor hidden behind what else a column may be.
  return `${escapeId(name, true)} ${isKey ? `${type.replace(/ NULL$/, '')} NOT NULL` : `${type}${rest}`}`;
}
