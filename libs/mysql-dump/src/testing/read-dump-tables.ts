import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { DumpTable } from '../dump-table.ts';

const TABLES = `
  SELECT table_name AS name, engine AS engine, IFNULL(table_rows, 0) AS estimatedRows,
         IFNULL(data_length, 0) AS estimatedBytes
  FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name`;
const COLUMNS = `
  SELECT table_name AS tableName, column_name AS name, LOWER(data_type) AS dataType, column_type AS columnType,
         character_set_name AS characterSet, is_nullable = 'YES' AS nullable
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND IFNULL(generation_expression, '') = '' ORDER BY ordinal_position`;
const KEYS = `
  SELECT table_name AS tableName, column_name AS name FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND index_name = 'PRIMARY' ORDER BY seq_in_index`;

/** The tables of the session's database, as far as these tests need them. */
export async function readDumpTables(session: Connection): Promise<DumpTable[]> {
  const [tables] = await session.query<RowDataPacket[]>(TABLES);
  const [columns] = await session.query<RowDataPacket[]>(COLUMNS);
  const [keys] = await session.query<RowDataPacket[]>(KEYS);
  return tables.map((table) => ({
    name: String(table['name']),
    engine: String(table['engine']),
    estimatedRows: Number(table['estimatedRows']),
    estimatedBytes: Number(table['estimatedBytes']),
    primaryKey: keys.filter(({ tableName }) => tableName === table['name']).map(({ name }) => String(name)),
    columns: columns
      .filter(({ tableName }) => tableName === table['name'])
      .map(({ name, dataType, columnType, characterSet, nullable }) => ({
        name: String(name),
        dataType: String(dataType),
        columnType: String(columnType),
        characterSet: characterSet === null ? undefined : String(characterSet),
        nullable: Boolean(nullable),
      })),
  }));
}
