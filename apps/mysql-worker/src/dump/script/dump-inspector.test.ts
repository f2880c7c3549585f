import fc from 'fast-check';
import { DumpInspector } from './dump-inspector.ts';

const CLOSING = '-- Dump completed on 2026-11-22  2:00:00\n';

function inspect(dump: string, chunkBytes = 7): DumpInspector {
  const inspector = new DumpInspector();
  const bytes = Buffer.from(dump);
  for (let at = 0; at < bytes.length; at += chunkBytes) inspector.push(bytes.subarray(at, at + chunkBytes));
  return inspector;
}

describe('DumpInspector', () => {
  it('counts the rows of each table, several to a statement and several statements to a table', () => {
    const inspector = inspect(
      'CREATE TABLE `a` (\n  `x` int\n);\nINSERT INTO `a` VALUES (1),(2);\nINSERT INTO `a` VALUES (3);\n' +
        'CREATE TABLE `empty` (\n  `x` int\n);\n',
    );
    expect(inspector.tables).toEqual([
      { name: 'a', rows: 3 },
      { name: 'empty', rows: 0 },
    ]);
    expect(inspector.rows).toBe(3);
  });

  it('reads the rows of mariadb-dump, one to a line', () => {
    expect(inspect("INSERT INTO `a` VALUES\n(1,'x'),\n(2,'y'),\n(3,'z');\n").tables).toEqual([{ name: 'a', rows: 3 }]);
  });

  it('does not take what stands in a string for a row, an end or a statement', () => {
    const tricky = String.raw`'(1),(2);\nINSERT INTO ${'`'}b${'`'} VALUES (9)\' ('')(\\'`;
    expect(inspect(`INSERT INTO \`a\` VALUES (${tricky},1);\n`).tables).toEqual([{ name: 'a', rows: 1 }]);
  });

  it('does not take a column list for a row, whatever its columns are called', () => {
    expect(inspect('INSERT INTO `a` (`V(`, ` VALUES (1)`) VALUES (1,2),(3,4);\n').rows).toBe(2);
  });

  it('reads names with doubled backticks', () => {
    expect(inspect('INSERT INTO `we``ird (x)` VALUES (1);\n').tables).toEqual([{ name: 'we`ird (x)', rows: 1 }]);
  });

  it('ignores statements in the bodies of routines, triggers and events', () => {
    const dump =
      'DELIMITER ;;\nCREATE PROCEDURE `p`()\nBEGIN\nINSERT INTO `a` VALUES (1),(2);\nEND ;;\nDELIMITER ;\n' +
      'INSERT INTO `a` VALUES (3);\n';
    expect(inspect(dump).tables).toEqual([{ name: 'a', rows: 1 }]);
  });

  it.each([
    ['MySQL', '-- MySQL dump 10.13  Distrib 9.7.4, for Linux (x86_64)\n', 'MySQL dump 10.13  Distrib 9.7.4'],
    [
      'MariaDB',
      '-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)\n',
      'MariaDB dump 10.19  Distrib 10.11.19-MariaDB',
    ],
  ])('reads which tool of %s made the dump', (_, line, tool) => {
    expect(inspect(`${line}--\n`).tool).toBe(tool);
  });

  it('knows the closing line, with and without a date', () => {
    expect(inspect(`INSERT INTO \`a\` VALUES (1);\n${CLOSING}`).hasClosingLine).toBe(true);
    expect(inspect('SELECT 1;\n-- Dump completed\n').hasClosingLine).toBe(true);
  });

  it('finds no closing line where it is not the last line, or only in data', () => {
    expect(inspect('').hasClosingLine).toBe(false);
    expect(inspect('INSERT INTO `a` VALUES (1);\n').hasClosingLine).toBe(false);
    expect(inspect(`${CLOSING}SELECT 1;\n`).hasClosingLine).toBe(false);
    expect(inspect("INSERT INTO `a` VALUES ('-- Dump completed');\n").hasClosingLine).toBe(false);
  });

  it('counts right whatever the data, and wherever the stream is cut into chunks', () => {
    const value = fc.oneof(
      fc.integer().map(String),
      fc.constant('NULL'),
      fc.constant('0xFF'),
      fc.string({ unit: 'binary' }).map(quoteAsMysqldump),
      fc.string({ unit: fc.constantFrom("'", '\\', '(', ')', ';', '`', '\n', 'x') }).map(quoteAsMysqldump),
    );
    const row = fc.array(value, { minLength: 1, maxLength: 4 }).map((values) => `(${values.join(',')})`);
    const table = fc.record({
      name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }).filter((name) => !/[\n\0]/.test(name)),
      rows: fc.array(row, { minLength: 1, maxLength: 20 }),
      separator: fc.constantFrom(',', ',\n'),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(table, { selector: ({ name }) => name, maxLength: 5 }),
        fc.integer({ min: 1, max: 2000 }),
        (tables, chunkBytes) => {
          const dump = tables.map(
            ({ name, rows, separator }) =>
              `INSERT INTO \`${name.replaceAll('`', '``')}\` VALUES${separator === ',' ? ' ' : '\n'}${rows.join(separator)};\n`,
          );
          expect(inspect(dump.join('') + CLOSING, chunkBytes).tables).toEqual(
            tables.map(({ name, rows }) => ({ name, rows: rows.length })),
          );
        },
      ),
    );
  });
});

const ESCAPES = new Map([
  ['\0', '\\0'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\x1a', '\\Z'],
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['"', '\\"'],
]);

function quoteAsMysqldump(text: string): string {
  return `'${Array.from(text, (character) => ESCAPES.get(character) ?? character).join('')}'`;
}
