import type { DatabaseServer } from './database-server.ts';
import { objectDefinitions } from './object-definitions.ts';
import { digestTable, type TableDigest } from './table-digest.ts';

/** Whether a table holds the same rows in both schemas; the rows are undefined where it is missing. */
export interface TableComparison {
  readonly table: string;
  readonly rowsA: number | undefined;
  readonly rowsB: number | undefined;
  readonly equal: boolean;
}

/** Whether something is made by the same SQL in both schemas; undefined where it is missing. */
export interface ObjectComparison {
  /** Such as `VIEW order_totals`. */
  readonly object: string;
  readonly definitionA: string | undefined;
  readonly definitionB: string | undefined;
  readonly equal: boolean;
}

export interface DatabaseComparison {
  /** True when every table and every object is. */
  readonly equal: boolean;
  readonly tables: readonly TableComparison[];
  readonly objects: readonly ObjectComparison[];
}

/** All rows of a schema as digests, and the SQL of everything in it. */
export interface DatabaseContents {
  readonly definitions: Map<string, string>;
  readonly digests: Map<string, TableDigest>;
}

/** Compares two schemas of one server: every row of every table, and the SQL of everything in them. */
export async function compareDatabases(server: DatabaseServer, a: string, b: string): Promise<DatabaseComparison> {
  const [inA, inB] = await Promise.all([readDatabaseContents(server, a), readDatabaseContents(server, b)]);
  return compareContents(inA, inB);
}

/** Compares what was read of two schemas, or of one at two times. */
export function compareContents(inA: DatabaseContents, inB: DatabaseContents): DatabaseComparison {
  const tables = namesOfBoth(inA.digests, inB.digests).map((table) => {
    const [digestA, digestB] = [inA.digests.get(table), inB.digests.get(table)];
    const equal = digestA?.rows === digestB?.rows && digestA?.digest === digestB?.digest;
    return { table, rowsA: digestA?.rows, rowsB: digestB?.rows, equal };
  });
  const objects = namesOfBoth(inA.definitions, inB.definitions).map((object) => {
    const [definitionA, definitionB] = [inA.definitions.get(object), inB.definitions.get(object)];
    return { object, definitionA, definitionB, equal: definitionA === definitionB };
  });
  return { equal: [...tables, ...objects].every(({ equal }) => equal), tables, objects };
}

function namesOfBoth(a: Map<string, unknown>, b: Map<string, unknown>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort();
}

export async function readDatabaseContents(server: DatabaseServer, schema: string): Promise<DatabaseContents> {
  const connection = await server.connect();
  try {
    await connection.query("SET SESSION time_zone = '+00:00'");
    const definitions = await objectDefinitions(connection, schema);
    const digests = new Map<string, TableDigest>();
    for (const object of definitions.keys()) {
      const [, table] = /^TABLE (.*)$/s.exec(object) ?? [];
      if (table !== undefined) digests.set(table, await digestTable(connection, schema, table));
    }
    return { definitions, digests };
  } finally {
    await connection.end();
  }
}
