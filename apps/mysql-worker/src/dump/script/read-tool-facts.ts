import type { Connection, RowDataPacket } from 'mysql2/promise';

/** A stored program as information_schema lists it. */
export interface StoredProgram {
  readonly kind: 'event' | 'trigger' | 'routine';
  readonly name: string;
  /** Empty where the account may not see it. */
  readonly body: string;
  readonly comment: string;
  readonly characterSet: string;
  readonly databaseCollation: string;
}

/** What decides whether a dump tool can be trusted with a database, beside its inventory. */
export interface ToolFacts {
  readonly programs: readonly StoredProgram[];
  /** Tables with a default that takes the next number of a sequence. */
  readonly nextvalTables: readonly { readonly name: string }[];
  /** Global variables that leave rows out of every session, and are not at their defaults. */
  readonly variables: readonly { readonly name: string; readonly value: string }[];
}

const PROGRAMS = [
  `SELECT 'event' AS kind, event_schema AS ofSchema, event_name AS name, event_definition AS body, event_comment AS comment,
          character_set_client AS characterSet, database_collation AS databaseCollation
   FROM information_schema.events WHERE event_schema = DATABASE()`,
  `SELECT 'trigger' AS kind, trigger_schema AS ofSchema, trigger_name AS name, action_statement AS body, '' AS comment,
          character_set_client AS characterSet, database_collation AS databaseCollation
   FROM information_schema.triggers WHERE trigger_schema = DATABASE()`,
  `SELECT 'routine' AS kind, routine_schema AS ofSchema, routine_name AS name, routine_definition AS body,
          routine_comment AS comment, character_set_client AS characterSet, database_collation AS databaseCollation
   FROM information_schema.routines WHERE routine_schema = DATABASE()`,
];

const NEXTVAL_TABLES = `
  SELECT DISTINCT table_name AS name FROM information_schema.columns
  WHERE table_schema = DATABASE() AND column_default LIKE 'nextval(%'`;

/** The defaults of variables that every session starts with, the tools' too. */
const DEFAULTS: Readonly<Record<string, string>> = {
  sql_select_limit: '18446744073709551615',
  system_versioning_asof: 'DEFAULT',
};

/** Reads them in a session whose default database is the one to be dumped. */
export async function readToolFacts(session: Connection): Promise<ToolFacts> {
  const programs: StoredProgram[] = [];
  for (const sql of PROGRAMS) {
    const [rows] = await session.query<RowDataPacket[]>(sql);
    for (const row of rows) programs.push({ ...(row as StoredProgram), body: String(row['body'] ?? '') });
  }
  const [tables] = await session.query<RowDataPacket[]>(NEXTVAL_TABLES);
  const [variables] = await session.query<RowDataPacket[]>('SHOW GLOBAL VARIABLES WHERE Variable_name IN (?)', [
    Object.keys(DEFAULTS),
  ]);
  return {
    programs,
    nextvalTables: tables.map(({ name }) => ({ name: String(name) })),
    variables: variables
      .map((row) => ({ name: String(row['Variable_name']), value: String(row['Value']) }))
      .filter(({ name, value }) => value !== DEFAULTS[name]),
  };
}
