import { sqlFile } from '@serverless-ops/mysql-dump';
import fc from 'fast-check';
import { definitionStatements, MalformedFileError } from './definition-statements.ts';

const SET_UP_STATEMENTS = 6;

interface Written {
  readonly sql: Uint8Array;
  readonly clientCharacterSet?: string;
}

async function fileOf(statements: readonly Written[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const { sql } of sqlFile(statements)) pieces.push(sql);
  return Buffer.concat(pieces);
}

const sql = fc
  .oneof(
    fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    fc.array(fc.constantFrom(';;', 'DELIMITER ;\n', '\n', '\\C sjis\n', "'", '/*', '*/', '-- x', 'SELECT 1'), {
      minLength: 1,
      maxLength: 8,
    }),
  )
  .map((text) => (Array.isArray(text) ? Buffer.from(text.join('')) : text))
  // A definition begins with a word of its own.
  .map((text) => Buffer.concat([Buffer.from('CREATE '), text]));

const statement: fc.Arbitrary<Written> = fc.record(
  { sql, clientCharacterSet: fc.constantFrom('sjis', 'gbk') },
  { requiredKeys: ['sql'] },
);

describe('the statements of a file of definitions', () => {
  it('are what the dump wrote, whatever bytes they hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { maxLength: 6 }), async (written) => {
        const read = definitionStatements(await fileOf(written));

        expect(read.slice(SET_UP_STATEMENTS)).toEqual(written.map((each) => each.sql));
      }),
      { seed: 1 },
    );
  });

  it('are refused where the file is cut', async () => {
    const file = await fileOf([{ sql: Buffer.from('CREATE TABLE t (id INT)') }]);

    expect(() => definitionStatements(file.subarray(0, -1))).toThrow(MalformedFileError);
    expect(() => definitionStatements(file.subarray(1))).toThrow(MalformedFileError);
  });
});
