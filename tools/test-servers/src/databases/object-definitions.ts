import { escapeId, type RowDataPacket } from 'mysql2';
import type { Connection } from 'mysql2/promise';

type ObjectKind = 'TABLE' | 'VIEW' | 'TRIGGER' | 'PROCEDURE' | 'FUNCTION' | 'EVENT';

const OBJECTS = `
  SELECT IF(table_type = 'VIEW', 'VIEW', 'TABLE') AS kind, table_name AS name
  FROM information_schema.tables WHERE table_schema = :schema
  UNION ALL SELECT 'TRIGGER', trigger_name FROM information_schema.triggers WHERE trigger_schema = :schema
  UNION ALL SELECT routine_type, routine_name FROM information_schema.routines WHERE routine_schema = :schema
  UNION ALL SELECT 'EVENT', event_name FROM information_schema.events WHERE event_schema = :schema`;

/** The columns of SHOW CREATE that a copy must have in common; the others name the schema or the time of creation. */
const DEFINING_COLUMN = /^(Create .*|SQL Original Statement|sql_mode|time_zone)$/;

/** Everything in a schema as `KIND name`, with the SQL that makes it, without the schema's own name. */
export async function objectDefinitions(connection: Connection, schema: string): Promise<Map<string, string>> {
  const [objects] = await connection.query<RowDataPacket[]>({ sql: OBJECTS, namedPlaceholders: true }, { schema });
  const definitions = new Map<string, string>();
  for (const { kind, name } of objects as unknown as { kind: ObjectKind; name: string }[]) {
    const quoted = `${escapeId(schema, true)}.${escapeId(name, true)}`;
    const [[created]] = await connection.query<RowDataPacket[]>(`SHOW CREATE ${kind} ${quoted}`);
    const definition = Object.entries(created ?? {})
      .filter(([column]) => DEFINING_COLUMN.test(column))
      .map(([, text]) => String(text));
    definitions.set(`${kind} ${name}`, normalized(definition.join('\n'), schema));
  }
  return definitions;
}

/** Without the schema's name, and without the character set that a column's collation says already. */
function normalized(definition: string, schema: string): string {
  return definition
    .replaceAll(`${escapeId(schema, true)}.`, '')
    .replaceAll(/CHARACTER SET (\w+) COLLATE (?=\1_)/g, 'COLLATE ');
}
