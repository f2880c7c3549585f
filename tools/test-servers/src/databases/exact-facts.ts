import { escapeId, type RowDataPacket } from 'mysql2';
import type { Connection } from 'mysql2/promise';
import { catalogueFacts } from './catalogue-facts.ts';
import { creationFacts } from './creation-facts.ts';
import type { DatabaseServer } from './database-server.ts';
import { digestTable } from './table-digest.ts';

/** A schema on a server. */
export interface DatabaseAt {
  readonly server: DatabaseServer;
  readonly database: string;
}

/** Everything that a server says of a schema, as what it is about and its bytes (one character for each). */
export interface ExactFacts {
  readonly database: string;
  readonly facts: ReadonlyMap<string, string>;
}

export interface ExactFactsOptions {
  /** @default true */
  readonly rows?: boolean;
}

/** Something that two schemas do not have in common; undefined where one lacks it. */
export interface Difference {
  /** Such as `columns: orders · status: collation_name`. */
  readonly what: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

/** Reads the database's own defaults, whatever information_schema and SHOW CREATE say, and a digest of every row. */
export async function exactFacts(
  { server, database }: DatabaseAt,
  { rows = true }: ExactFactsOptions = {},
): Promise<ExactFacts> {
  const connection = await server.connect(database);
  try {
    await connection.query("SET SESSION time_zone = '+00:00', sql_mode = ''");
    const facts = new Map([
      ...(await databaseFacts(connection)),
      ...(await catalogueFacts(connection, database)),
      ...(await creationFacts(connection, database)),
    ]);
    for (const table of rows ? await tablesOf(connection, database) : []) {
      const digest = await digestTable(connection, database, table);
      facts.set(`rows: ${table}: number`, String(digest.rows));
      facts.set(`rows: ${table}: digest`, digest.digest);
      facts.set(`rows: ${table}: check`, await checkTable(connection, table));
    }
    return { database, facts };
  } finally {
    await connection.end();
  }
}

/**
 * What two schemas do not have in common, which may be on one server or on two of the same maker and version. A name
 * before a dot that means one of the two schemas is left out of what they say.
 */
export function differences(a: ExactFacts, b: ExactFacts): Difference[] {
  const own = [...new Set([a.database, b.database])].map((name) =>
    Buffer.from(`${escapeId(name, true)}.`).toString('latin1'),
  );
  const comparable = (value: string | undefined): string | undefined =>
    own.reduce((text, name) => text?.replaceAll(name, ''), value && withoutKnownCharacterSet(value));
  // Which of the two MySQL says depends on what it happens to have in its cache.
  const fresh = (facts: ReadonlyMap<string, string>): Map<string, string> =>
    new Map(
      [...facts].map(([what, value]) => [
        what,
        /^tables: .*: auto_increment$/s.test(what) && value === '1' ? 'NULL' : value,
      ]),
    );
  const [inA, inB] = [fresh(a.facts), fresh(b.facts)];
  return [...new Set([...inA.keys(), ...inB.keys()])]
    .map((what) => ({ what, a: comparable(inA.get(what)), b: comparable(inB.get(what)) }))
    .filter((difference) => difference.a !== difference.b);
}

/** Without the character set of a column, where its collation says it: MySQL writes it for some columns only. */
function withoutKnownCharacterSet(definition: string): string {
  return definition.replaceAll(/CHARACTER SET (\w+) COLLATE (?=\1_)/g, 'COLLATE ');
}

async function databaseFacts(connection: Connection): Promise<[string, string][]> {
  const [[row]] = await connection.query<RowDataPacket[]>(
    'SELECT * FROM information_schema.schemata WHERE schema_name = DATABASE()',
  );
  const [[created]] = await connection.query<RowDataPacket[]>('SELECT @@collation_database AS collation');
  return Object.entries({ ...row, ...created })
    .filter(([column]) => !/^(CATALOG|SCHEMA)_NAME$/i.test(column))
    .map(([column, value]) => [`database: ${column}`, String(value)]);
}

/** What the server finds when it reads a table by each of its keys: `OK`, or what is wrong. */
async function checkTable(connection: Connection, table: string): Promise<string> {
  const [messages] = await connection.query<RowDataPacket[]>(`CHECK TABLE ${escapeId(table, true)}`);
  return messages.map(({ Msg_text: text }) => String(text)).join('\n');
}

/** Tables and sequences hold rows; a sequence is compared by its position. */
async function tablesOf(connection: Connection, database: string): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = ? AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')`,
    [database],
  );
  return rows.map(({ name }) => String(name));
}
