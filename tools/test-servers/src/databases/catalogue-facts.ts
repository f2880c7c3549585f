import type { Connection, FieldPacket, RowDataPacket } from 'mysql2/promise';

/** Tables of information_schema that say how things are made, and the columns that name what a row is about. */
const CATALOGUES: readonly { table: string; schema: string; key: readonly string[] }[] = [
  { table: 'tables', schema: 'table_schema', key: ['table_name'] },
  { table: 'tables_extensions', schema: 'table_schema', key: ['table_name'] },
  { table: 'columns', schema: 'table_schema', key: ['table_name', 'column_name'] },
  { table: 'columns_extensions', schema: 'table_schema', key: ['table_name', 'column_name'] },
  { table: 'statistics', schema: 'table_schema', key: ['table_name', 'index_name', 'seq_in_index'] },
  { table: 'partitions', schema: 'table_schema', key: ['table_name', 'partition_name', 'subpartition_name'] },
  {
    table: 'key_column_usage',
    schema: 'table_schema',
    key: ['table_name', 'constraint_name', 'ordinal_position'],
  },
  { table: 'referential_constraints', schema: 'constraint_schema', key: ['table_name', 'constraint_name'] },
  { table: 'table_constraints', schema: 'constraint_schema', key: ['table_name', 'constraint_name'] },
  { table: 'check_constraints', schema: 'constraint_schema', key: ['table_name', 'constraint_name'] },
  { table: 'views', schema: 'table_schema', key: ['table_name'] },
  { table: 'triggers', schema: 'trigger_schema', key: ['trigger_name'] },
  { table: 'routines', schema: 'routine_schema', key: ['routine_type', 'routine_name'] },
  { table: 'parameters', schema: 'specific_schema', key: ['routine_type', 'specific_name', 'ordinal_position'] },
  { table: 'libraries', schema: 'library_schema', key: ['library_name'] },
  { table: 'events', schema: 'event_schema', key: ['event_name'] },
  { table: 'st_geometry_columns', schema: 'table_schema', key: ['table_name', 'column_name'] },
];

/**
 * What two copies need not have in common: times of creation, what the server knows of rows, parentheses in the SELECT of
 * a view, and the character sets that MySQL writes in front of texts in an expression. SHOW CREATE has the last two always
 * in the same form.
 */
const VOLATILE =
  /^(.*_time|created|last_altered|last_executed|table_rows|avg_row_length|(max_)?(data|index)_(length|free)|checksum|cardinality|version|originator|srs_name|max_index_length|temporary|view_definition|generation_expression)$/i;

/** `UPDATE_TIME` and the like are volatile; these only look so. */
const STABLE = /^(action_timing|execute_at|starts|ends)$/i;

/**
 * Everything that information_schema says of a schema, as `catalogue: names of the thing: column` and the value's bytes.
 * It knows no list of columns, so that what a newer server can say is compared as well.
 */
export async function catalogueFacts(connection: Connection, schema: string): Promise<Map<string, string>> {
  const facts = new Map<string, string>();
  for (const { table, schema: ofSchema, key } of CATALOGUES) {
    const [rows, fields] = await readCatalogue(connection, table, ofSchema, schema);
    const seen = new Map<string, number>();
    for (const row of rows) {
      const value = (column: string): string => asText(row[column.toUpperCase()]);
      if (value(ofSchema) !== schema) continue;
      const thing = key.map(value).join(' · ');
      const nth = (seen.get(thing) ?? 0) + 1;
      seen.set(thing, nth);
      for (const { name } of fields) {
        if (VOLATILE.test(name) && !STABLE.test(name)) continue;
        if (/_(schema|catalog)$/i.test(name) && value(name) === schema) continue;
        facts.set(`${table}: ${thing}${nth > 1 ? ` (${nth})` : ''}: ${name.toLowerCase()}`, value(name));
      }
    }
  }
  return facts;
}

async function readCatalogue(
  connection: Connection,
  table: string,
  ofSchema: string,
  schema: string,
): Promise<[Record<string, Buffer | null>[], FieldPacket[]]> {
  try {
    const [rows, fields] = await connection.query<RowDataPacket[]>({
      sql: `SELECT * FROM information_schema.${table} WHERE ${ofSchema} = ?`,
      values: [schema],
      typeCast: (field: { buffer(): Buffer | null }) => field.buffer(),
    });
    return [
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k.toUpperCase(), v as Buffer | null]))),
      fields,
    ];
  } catch (error) {
    // A catalogue that only the other maker, or a newer server, has.
    if (String(error).includes('Unknown table')) return [[], []];
    throw error;
  }
}

function asText(value: Buffer | null | undefined): string {
  return value ? value.toString('latin1') : 'NULL';
}
