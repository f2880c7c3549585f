import { describeStatement, type CreatedObject } from './describe-statement.ts';

/** A definition of a backup: the statement that creates something, and what sets its session up and back. */
export interface Definition {
  readonly created: CreatedObject;
  /** In UTF-8 where the name is in UTF-8, as those of tables are. */
  readonly name: string;
  readonly before: readonly Buffer[];
  readonly create: Buffer;
  readonly after: readonly Buffer[];
  /** Character set that the bytes of the statement are in. */
  readonly characterSet: string;
}

/** The statements of a file of definitions, put in order. */
export interface Definitions {
  /** What every session needs before it takes a statement of the file. */
  readonly preamble: readonly Buffer[];
  /** The defaults of the database; undefined in a file of programs. */
  readonly defaults: Buffer | undefined;
  readonly definitions: readonly Definition[];
}

const LAST_OF_PREAMBLE = 'DEALLOCATE PREPARE setting';
const DEFAULTS = 'ALTER DATABASE CHARACTER SET ';
const OLDER_DEFAULTS = 'ALTER DATABASE COLLATE ';
/** What gives the session back what the statement before it took. */
const SET_BACK = /^SET (?:timestamp|innodb_strict_mode) = DEFAULT$/;
/** A sequence is put where it was. */
const POSITION = 'INSERT INTO ';

/** Reads what the statements of a file are for. */
export function readDefinitions(statements: readonly Buffer[]): Definitions {
  const texts = statements.map((sql) => sql.subarray(0, 200).toString('latin1'));
  const preambleEnd = texts.indexOf(LAST_OF_PREAMBLE) + 1;
  const hasDefaults = (texts[preambleEnd] ?? '').startsWith(DEFAULTS);
  const definitions: Definition[] = [];
  let before: Buffer[] = [];
  let session: { sqlMode?: string; characterSet?: string } = {};
  for (let at = preambleEnd + (hasDefaults ? 1 : 0); at < statements.length;) {
    const sql = statements[at] ?? Buffer.alloc(0);
    session = { ...session, ...sessionOf(texts[at] ?? '') };
    const created = describeStatement(sql, session);
    at++;
    if (created === undefined) {
      before.push(sql);
      continue;
    }
    const isOlder = before.some((each) => each.subarray(0, 40).toString('latin1').startsWith(OLDER_DEFAULTS));
    const start = at;
    while (SET_BACK.test(texts[at] ?? '') || (created.kind === 'SEQUENCE' && (texts[at] ?? '').startsWith(POSITION)))
      at++;
    // The next one may be the beginning of another program.
    if (isOlder && (texts[at] ?? '').startsWith(OLDER_DEFAULTS)) at++;
    const characterSet = session.characterSet ?? 'utf8mb4';
    definitions.push({
      ...{ created, before, create: sql, after: statements.slice(start, at), characterSet },
      name: Buffer.from(created.name, 'latin1').toString('utf8'),
    });
    before = [];
  }
  return {
    preamble: statements.slice(0, preambleEnd),
    defaults: hasDefaults ? statements[preambleEnd] : undefined,
    definitions,
  };
}

/** What a SET in front of a program says of how to read it. */
function sessionOf(text: string): { sqlMode?: string; characterSet?: string } {
  const [, sqlMode] = /^SET sql_mode = '([^']*)'/.exec(text) ?? [];
  const [, characterSet] = /^SET [^]*\bcharacter_set_client = (\w+)/.exec(text) ?? [];
  return { ...(sqlMode !== undefined && { sqlMode }), ...(characterSet !== undefined && { characterSet }) };
}
