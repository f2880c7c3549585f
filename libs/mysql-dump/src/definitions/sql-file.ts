import { randomBytes } from 'node:crypto';
import { sessionPreamble } from './session-preamble.ts';
import type { MadeObject, Statement } from './statement.ts';

/** What a file has for one statement, with its delimiter, or around its statements. */
export interface FilePiece {
  readonly sql: Uint8Array;
  readonly makes?: MadeObject;
  /** The table that the piece makes, or that cannot be made without it. */
  readonly table?: string;
}

/** The clients keep 15 characters of a delimiter; no SQL has this one by chance. */
function randomDelimiter(): string {
  return `;;${randomBytes(6).toString('hex')}`;
}

/**
 * The file of these statements: a session that is set up, then each statement, then the delimiter on a line of its own.
 * Its first line is `DELIMITER` and the delimiter, its last one resets it, so that files can follow each other. To split
 * a file, cut it at `\n`, delimiter, `\n`: the delimiter is nowhere else in it. Lines that start with `\C` in front of a
 * statement are for clients alone: in some character sets, a part of a character looks like a quote or a backslash.
 */
export async function* sqlFile(
  statements: AsyncIterable<Statement> | Iterable<Statement>,
  delimiter = randomDelimiter(),
): AsyncGenerator<FilePiece> {
  const end = Buffer.from(`\n${delimiter}\n`);
  // One piece: whoever takes a part of the file takes this first.
  const preamble = sessionPreamble().flatMap(({ sql }) => [sql, end]);
  yield { sql: Buffer.concat([Buffer.from(`DELIMITER ${delimiter}\n`), ...preamble]) };
  for await (const { sql, makes, ofTable, clientCharacterSet } of statements) {
    const table = makes?.kind === 'TABLE' ? makes.name : ofTable;
    if (Buffer.from(sql).includes(delimiter)) {
      throw new Error(
        `A definition holds the delimiter ${delimiter}, which was chosen at random. Order the job again.`,
      );
    }
    const ended = Buffer.concat([sql, end]);
    yield {
      sql: clientCharacterSet === undefined ? ended : readAs(clientCharacterSet, ended),
      ...(makes && { makes }),
      ...(table !== undefined && { table }),
    };
  }
  yield { sql: Buffer.from('DELIMITER ;\n') };
}

function readAs(characterSet: string, file: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`\\C ${characterSet}\n`), file, Buffer.from('\\C utf8mb4\n')]);
}
