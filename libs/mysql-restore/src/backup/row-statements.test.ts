import { Readable } from 'node:stream';
import fc from 'fast-check';
import { MalformedFileError } from './definition-statements.ts';
import { rowStatements } from './row-statements.ts';

const SETUP = ['SET NAMES binary;\n', "SET sql_mode='STRICT_ALL_TABLES',time_zone='+00:00' ;\n"];

function inPieces(text: string, size: number): AsyncIterable<Buffer> {
  const bytes = Buffer.from(text, 'latin1');
  const count = Math.ceil(bytes.length / size);
  return Readable.from(Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size)));
}

async function read(text: string, size = 64): Promise<[string, string][]> {
  const statements: [string, string][] = [];
  for await (const { kind, pieces, bytes } of rowStatements(inPieces(text, size))) {
    const all = Buffer.concat(pieces);
    expect(all.length).toBe(bytes);
    statements.push([kind, all.toString('latin1')]);
  }
  return statements;
}

/** Names as quoteIdentifier writes them, with what trips over a scanner. */
const name = fc
  .array(fc.constantFrom('a', '``', '\n', ';', ';\n', ') VALUES (', "'", 'SET '), { minLength: 1, maxLength: 5 })
  .map((parts) => `\`${parts.join('')}\``);
const value = fc.constantFrom('1', 'NULL', "'x'", "'\\n'", "'a;b'", "_utf8mb4'{}'", "') VALUES ('", '\xff');

describe('the statements of a chunk of rows', () => {
  it('are cut at the ends of lines, but not within names', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(name, fc.array(name, { minLength: 1, maxLength: 3 })),
        fc.array(fc.array(value, { minLength: 1, maxLength: 5 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        async ([table, columns], inserts, size) => {
          const written = inserts.map(
            (values) => `INSERT INTO ${table} (${columns.join(',')}) VALUES (${values.join(',')});\n`,
          );

          expect(await read([...SETUP, ...written].join(''), size)).toEqual([
            ...SETUP.map((sql) => ['SET', sql]),
            ...written.map((sql) => ['INSERT', sql]),
          ]);
        },
      ),
      { seed: 1 },
    );
  });

  it.each([
    ['a cut', "INSERT INTO `t` (`a`) VALUES ('x"],
    ['a cut in its names', 'INSERT INTO `t` (`a'],
    ['another statement', 'DROP TABLE t;\n'],
    ['a line break in a value', "INSERT INTO `t` (`a`) VALUES ('x\ny');\n"],
  ])('are refused for %s', async (_, text) => {
    await expect(read(text)).rejects.toThrow(MalformedFileError);
  });
});
