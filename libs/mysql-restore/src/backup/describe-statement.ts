import { scanSql, unquoted, type SqlDialect, type SqlToken } from '@serverless-ops/mysql-dump';
import { readEventSchedule, type EventSchedule } from './event-schedule.ts';

/** What a definition creates. Names have one character for each byte of the author's character set. */
export interface CreatedObject {
  readonly kind: ObjectKind;
  readonly name: string;
  /** The table of a trigger. */
  readonly table?: string;
  /** Of an event. */
  readonly schedule?: EventSchedule;
  /** User and host, or a role; absent: whoever restores. */
  readonly definer?: { readonly user: string; readonly host: string | undefined };
}

export const OBJECT_KINDS = [
  'TABLE',
  'SEQUENCE',
  'VIEW',
  'TRIGGER',
  'EVENT',
  'FUNCTION',
  'PROCEDURE',
  'PACKAGE',
  'PACKAGE BODY',
  'LIBRARY',
] as const;

export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** A definition's head is at most so long: names, and the definer. */
const HEAD_BYTES = 4096;
const MAX_HEAD_WORDS = 40;

/**
 * What a statement of a dump creates; undefined for one that sets up a session.
 * @param dialect How its author's session read it: `sql_mode`, and the character set that its bytes are in.
 */
export function describeStatement(sql: Buffer, dialect: SqlDialect = {}): CreatedObject | undefined {
  const words = headOf(scanSql(sql.subarray(0, HEAD_BYTES).toString('latin1'), dialect));
  if (words[0]?.text.toUpperCase() !== 'CREATE') return undefined;
  let definer: CreatedObject['definer'];
  for (let at = 1; at < words.length; at++) {
    const word = textOf(words[at]);
    if (word === 'DEFINER' && textOf(words[at + 1]) === '=') {
      const hasHost = textOf(words[at + 3]) === '@';
      definer = { user: nameOf(words[at + 2]), host: hasHost ? nameOf(words[at + 4]) : undefined };
      at += hasHost ? 4 : 2;
      continue;
    }
    const kind = OBJECT_KINDS.find((each) => each === word);
    if (kind === undefined) continue;
    const isBody = kind === 'PACKAGE' && textOf(words[at + 1]) === 'BODY';
    const named = words.slice(at + (isBody ? 2 : 1));
    return {
      kind: isBody ? 'PACKAGE BODY' : kind,
      name: nameOf(
        named.find((token) => textOf(token) !== 'IF' && textOf(token) !== 'NOT' && textOf(token) !== 'EXISTS'),
      ),
      ...(kind === 'TRIGGER' && { table: tableOfTrigger(named) }),
      ...(kind === 'EVENT' && { schedule: readEventSchedule(sql, dialect) }),
      ...(definer && { definer }),
    };
  }
  return undefined;
}

/** The words of a statement's head; a statement has thousands behind it. */
function headOf(tokens: Iterable<SqlToken>): SqlToken[] {
  const words: SqlToken[] = [];
  for (const token of tokens) {
    if (token.kind === 'space' || token.kind === 'comment') continue;
    words.push(token);
    if (words.length === MAX_HEAD_WORDS) break;
  }
  return words;
}

/** What follows ON, which comes after the name and what the trigger waits for. */
function tableOfTrigger(named: readonly SqlToken[]): string {
  const on = named.findIndex((token, index) => index > 0 && textOf(token) === 'ON');
  const [first, dot, second] = named.slice(on + 1);
  return nameOf(dot?.text === '.' ? second : first);
}

/** A word in capitals; nothing of what is quoted. */
function textOf(token: SqlToken | undefined): string {
  return token === undefined || token.kind === 'name' || token.kind === 'string' ? '' : token.text.toUpperCase();
}

function nameOf(token: SqlToken | undefined): string {
  return token === undefined ? '' : unquoted(token);
}
