import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import type { Incompleteness } from './incompleteness.ts';
import { selectRows, unlessRefused } from './select-rows.ts';

/** The tables of information_schema whose things are in the dump, belong to one that is, or are no definitions. */
const KNOWN = new Set(
  `CHECK_CONSTRAINTS COLUMNS COLUMNS_EXTENSIONS COLUMN_PRIVILEGES EVENTS FILES GEOMETRY_COLUMNS INDEX_STATISTICS
  JSON_DUALITY_VIEWS JSON_DUALITY_VIEW_COLUMNS JSON_DUALITY_VIEW_LINKS JSON_DUALITY_VIEW_TABLES KEY_COLUMN_USAGE LIBRARIES
  OPTIMIZER_COSTS PARAMETERS PARTITIONS PERIODS KEY_PERIOD_USAGE REFERENTIAL_CONSTRAINTS ROLE_COLUMN_GRANTS ROLE_ROUTINE_GRANTS ROLE_TABLE_GRANTS
  ROUTINES ROUTINE_LIBRARIES SCHEMATA SCHEMATA_EXTENSIONS SCHEMA_PRIVILEGES SEQUENCES STATISTICS ST_GEOMETRY_COLUMNS TABLES
  TABLES_EXTENSIONS TABLE_CONSTRAINTS TABLE_CONSTRAINTS_EXTENSIONS TABLE_PRIVILEGES TABLE_STATISTICS TRIGGERS TRIGGERED_UPDATE_COLUMNS VIEWS
  VIEW_ROUTINE_USAGE VIEW_TABLE_USAGE COLUMN_STATISTICS`.split(/\s+/),
);

/** Tables about the server's insides need a right on the whole server; what a database holds needs none. */
const NOT_FOR_THE_ACCOUNT = ['ER_SPECIFIC_ACCESS_DENIED_ERROR', 'ER_TABLEACCESS_DENIED_ERROR'];

/**
 * Looks into every table of information_schema that has a column for a database and that no known server has, so that
 * a kind of object that a newer server brings is named and not forgotten.
 */
export async function unknownObjects(session: Connection, database: string): Promise<Incompleteness[]> {
  const columns = await selectRows<{ ofTable: string; name: string }>(
    session,
    `SELECT table_name AS ofTable, column_name AS name FROM information_schema.columns
     WHERE table_schema = 'information_schema' AND column_name LIKE '%\\_SCHEMA'`,
  );
  const incomplete: Incompleteness[] = [];
  for (const { ofTable, name } of columns.filter((column) => !KNOWN.has(column.ofTable.toUpperCase()))) {
    const [row] = await unlessRefused(
      NOT_FOR_THE_ACCOUNT,
      selectRows<{ things: unknown }>(
        session,
        `SELECT COUNT(*) AS things FROM information_schema.${quoteIdentifier(ofTable)} WHERE ${quoteIdentifier(name)} = ?`,
        [database],
      ),
    );
    if (row === undefined || Number(row.things) === 0) continue;
    incomplete.push({
      what: `${String(row.things)} things in information_schema.${ofTable}`,
      why: 'This version of the dump does not know what they are.',
      remedy: 'Back them up by other means.',
    });
  }
  return incomplete;
}
