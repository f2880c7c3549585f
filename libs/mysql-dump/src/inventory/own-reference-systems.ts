import type { Connection } from 'mysql2/promise';
import type { Incompleteness } from './incompleteness.ts';
import { selectRowsOf, whereKnown } from './select-rows.ts';

/** Every spatial reference system that MySQL brings along has the number that it has at EPSG. 0 is none. */
const COLUMNS = `
  SELECT c.table_schema AS ofSchema, c.table_name AS name, MIN(c.srs_id) AS id
  FROM information_schema.st_geometry_columns c
  JOIN information_schema.st_spatial_reference_systems s ON s.srs_id = c.srs_id
  WHERE c.table_schema = ? AND c.srs_id <> 0
    AND NOT (s.organization <=> 'EPSG' AND s.organization_coordsys_id <=> s.srs_id)
  GROUP BY c.table_schema, c.table_name, c.srs_id ORDER BY c.table_name, c.srs_id`;

/** What a restore needs where a column of MySQL has a spatial reference system that somebody made on the server. */
export async function ownReferenceSystems(
  session: Connection,
  database: string,
  tables: ReadonlySet<string>,
): Promise<Incompleteness[]> {
  // MySQL 8.0 and later.
  const rows = await whereKnown(selectRowsOf<{ name: string; id: number }>(session, database, COLUMNS));
  return rows
    .filter(({ name }) => tables.has(name))
    .map(({ name, id }) => ({
      what: `spatial reference system ${id} of table ${JSON.stringify(name)}`,
      why: 'Somebody made it on the server, and it does not belong to the database.',
      remedy: 'CREATE SPATIAL REFERENCE SYSTEM with that number on the other server before the restore.',
    }));
}
