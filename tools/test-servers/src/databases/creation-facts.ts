import { escapeId, type RowDataPacket } from 'mysql2';
import type { Connection } from 'mysql2/promise';

const OBJECTS = `
  SELECT IF(table_type = 'VIEW', 'VIEW', IF(table_type = 'SEQUENCE', 'SEQUENCE', 'TABLE')) AS kind, table_name AS name,
         table_schema AS ofSchema
  FROM information_schema.tables WHERE table_schema = :schema
  UNION ALL SELECT 'TRIGGER', trigger_name, trigger_schema FROM information_schema.triggers WHERE trigger_schema = :schema
  UNION ALL SELECT routine_type, routine_name, routine_schema FROM information_schema.routines WHERE routine_schema = :schema
  UNION ALL SELECT 'EVENT', event_name, event_schema FROM information_schema.events WHERE event_schema = :schema`;

/**
 * What SHOW CREATE says of everything in a schema, each answer as its bytes, and the position of sequences. The
 * character sets and modes that a program runs under are columns of these answers.
 */
export async function creationFacts(connection: Connection, schema: string): Promise<Map<string, string>> {
  const facts = new Map<string, string>();
  const [objects] = await connection.query<RowDataPacket[]>({ sql: OBJECTS, namedPlaceholders: true }, { schema });
  await connection.query(`USE ${escapeId(schema, true)}`);
  for (const { kind, name, ofSchema } of objects as unknown as { kind: string; name: string; ofSchema: string }[]) {
    if (ofSchema !== schema) continue;
    await connection.query('SET character_set_results = NULL');
    const created = await bytesOf(connection, `SHOW CREATE ${kind} ${escapeId(name, true)}`);
    for (const [column, value] of created) {
      if (column !== 'Created') facts.set(`${kind}: ${name}: ${column}`, value);
    }
    await connection.query('SET character_set_results = utf8mb4');
    if (kind !== 'SEQUENCE') continue;
    for (const [column, value] of await bytesOf(connection, `SELECT * FROM ${escapeId(name, true)}`)) {
      facts.set(`SEQUENCE: ${name}: ${column}`, value);
    }
  }
  return facts;
}

async function bytesOf(connection: Connection, sql: string): Promise<[string, string][]> {
  const [[row]] = await connection.query<RowDataPacket[]>({
    sql,
    typeCast: (field: { buffer(): Buffer | null }) => field.buffer(),
  });
  return Object.entries((row ?? {}) as Record<string, Buffer | null>).map(([column, value]) => [
    column,
    value ? value.toString('latin1') : 'NULL',
  ]);
}
