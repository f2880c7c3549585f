import { MalformedFileError } from './definition-statements.ts';

const LINE_BREAK = 0x0a;
const SEMICOLON = 0x3b;
const BACKTICK = 0x60;
const SET = Buffer.from('SET ');
const INSERT = Buffer.from('INSERT INTO ');
const VALUES = Buffer.from(') VALUES (');

/** A statement of a chunk of rows, in one piece or several, with the `;` at its end. */
export interface RowStatement {
  readonly kind: 'SET' | 'INSERT';
  readonly pieces: readonly Buffer[];
  readonly bytes: number;
}

/**
 * Cuts a chunk of rows into its statements. A statement is one line, but for the names at its beginning: there, a line
 * break and a semicolon may be part of a name.
 */
export async function* rowStatements(chunk: AsyncIterable<Buffer>): AsyncGenerator<RowStatement> {
  let beginning: Buffer = Buffer.alloc(0);
  let open: { readonly kind: RowStatement['kind']; readonly pieces: Buffer[] } | undefined;
  for await (const piece of chunk) {
    let rest = beginning.length === 0 ? piece : Buffer.concat([beginning, piece]);
    beginning = Buffer.alloc(0);
    while (rest.length > 0) {
      let from = 0;
      if (!open) {
        const head = headOf(rest);
        if (!head) {
          beginning = rest;
          break;
        }
        open = { kind: head.kind, pieces: [] };
        from = head.bytes;
      }
      const lineBreak = rest.indexOf(LINE_BREAK, from);
      const end = lineBreak === -1 ? rest.length : lineBreak + 1;
      open.pieces.push(rest.subarray(0, end));
      rest = rest.subarray(end);
      if (lineBreak !== -1) {
        yield ended(open);
        open = undefined;
      }
    }
  }
  if (open || beginning.length > 0) throw new MalformedFileError('its last statement is not whole');
}

function ended({ kind, pieces }: Omit<RowStatement, 'bytes'>): RowStatement {
  const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
  const last = pieces.at(-1);
  const before = last && last.length > 1 ? last.at(-2) : pieces.at(-2)?.at(-1);
  if (before !== SEMICOLON) throw new MalformedFileError('a line does not end with a statement');
  return { kind, pieces, bytes };
}

/** The kind of the statement that these bytes begin with, and how many of them hold names; undefined: too few bytes. */
function headOf(bytes: Buffer): { kind: RowStatement['kind']; bytes: number } | undefined {
  if (startsWith(bytes, SET)) return { kind: 'SET', bytes: SET.length };
  if (startsWith(bytes, INSERT)) {
    const end = endOfNames(bytes, INSERT.length);
    return end === undefined ? undefined : { kind: 'INSERT', bytes: end };
  }
  if (SET.subarray(0, bytes.length).equals(bytes) || INSERT.subarray(0, bytes.length).equals(bytes)) return undefined;
  throw new MalformedFileError('a statement neither sets up a session nor inserts rows');
}

/** Where the first row begins. */
function endOfNames(bytes: Buffer, start: number): number | undefined {
  let isInName = false;
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === BACKTICK) isInName = !isInName;
    else if (!isInName && bytes[at] === VALUES[0]) {
      if (bytes.length < at + VALUES.length) return undefined;
      if (startsWith(bytes.subarray(at), VALUES)) return at + VALUES.length;
    }
  }
  return undefined;
}

function startsWith(bytes: Buffer, text: Buffer): boolean {
  return bytes.length >= text.length && bytes.subarray(0, text.length).equals(text);
}
