import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import { readRights } from './account-rights.ts';
import { readDatabaseName } from './database-name.ts';
import type { Incompleteness } from './incompleteness.ts';
import type { Inventory } from './inventory.ts';
import { judgePrograms } from './judge-programs.ts';
import { judgeTables } from './judge-tables.ts';
import { judgeViews } from './judge-views.ts';
import { ownReferenceSystems } from './own-reference-systems.ts';
import { probeTables } from './probe-tables.ts';
import { readDefaults } from './read-defaults.ts';
import { readEvents, readRoutines, readTriggers } from './read-programs.ts';
import {
  readColumns,
  readPrimaryKeys,
  readTables,
  readTablesWithExpressions,
  type ListedColumn,
  type ListedTable,
} from './read-tables.ts';
import { withoutMarker } from './restore-in-work.ts';
import { selectRows } from './select-rows.ts';
import { readFlavor } from './server-flavor.ts';
import { applyFilter, type AppliedFilter, type TableFilter } from './table-filter.ts';
import { toTable } from './to-table.ts';
import { unknownObjects } from './unknown-catalogues.ts';
import { unseen } from './unseen.ts';
import { zoneDependent } from './zone-dependent.ts';

/**
 * What the session reads must be true and whole: MySQL otherwise tells sizes of a day ago, and may hide the primary keys
 * that it generates and show a row format that nobody asked for.
 */
const MYSQL_SETTINGS =
  'SET SESSION information_schema_stats_expiry = 0, show_create_table_verbosity = OFF ' +
  '/*!80030 , show_gipk_in_create_table_and_information_schema = ON */';

/**
 * Lists what the database holds, in as many statements whatever its size, and what of it the dump cannot hold. The
 * session comes from `connect`, has the database as its default, and keeps what is set here. Throws the JobErrors of
 * `readDatabaseName`, `applyFilter` and `judgeTables`, and whatever the driver says.
 */
export async function readInventory(session: Connection, asked: string, filter: TableFilter = {}): Promise<Inventory> {
  const name = await readDatabaseName(session, asked);
  const { database } = name;
  const flavor = await readFlavor(session);
  if (flavor === 'mysql') await session.query(MYSQL_SETTINGS);
  const rights = await readRights(session, database, flavor);
  const { defaults, incomplete: ofDefaults } = await readDefaults(session, database, flavor);
  const { tables: all, incomplete: ofRestore } = withoutMarker(await readTables(session, database));
  const applied = applyFilter(
    filter,
    all.map((table) => table.name),
    name,
  );
  const listed = all.filter((table) => applied.passes(table.name));
  const isTable = ({ type }: ListedTable): boolean => type !== 'VIEW' && type !== 'SEQUENCE';
  const columns = await readColumns(session, database);
  const tables = judgeTables(await probeTables(session, listed.filter(isTable)), columns, rights);
  const views = await judgeViews(
    session,
    database,
    listed.filter(({ type }) => type === 'VIEW'),
    { columns: flavor === 'mysql' ? columns : new Map(), rights },
  );
  const primaryKeys = await readPrimaryKeys(session, database);
  const withExpressions = flavor === 'mysql' ? await readTablesWithExpressions(session, database) : new Set();
  const insertsHistory = await selectRows(session, "SHOW VARIABLES LIKE 'system_versioning_insert_history'");
  const [{ pageBytes } = { pageBytes: undefined }] =
    flavor === 'mysql'
      ? await selectRows<{ pageBytes: number }>(session, 'SELECT @@innodb_page_size AS pageBytes')
      : [];
  const made = tables.dumped.map((table) =>
    toTable(table, {
      insertsHistory: insertsHistory.length > 0,
      holdsRows: tables.holdsRows(table),
      hasExpressions: withExpressions.has(table.name),
      columns: columns.get(table.name) ?? [],
      primaryKey: primaryKeys.get(table.name) ?? [],
      pageBytes,
    }),
  );
  const names = new Set(tables.dumped.map((table) => table.name));
  const programs = judgePrograms(await readRoutines(session, database), await readEvents(session, database));
  const readsProc = await selectRows(session, 'SELECT 1 FROM mysql.proc LIMIT 0').then(
    () => true,
    () => false,
  );
  const incomplete: Incompleteness[] = [
    ...unseen(rights, { flavor, database, readsProc }),
    ...ofRestore,
    ...ofDefaults,
    ...tables.incomplete,
    ...made.flatMap((table) => table.incomplete),
    ...(flavor === 'mysql' ? await ownReferenceSystems(session, database, names) : []),
    ...views.incomplete,
    ...programs.incomplete,
    ...(await zoneDependent(session, { database, flavor, columns, isDumped: (table) => names.has(table) })),
    ...(await unknownObjects(session, database)),
  ];
  return {
    database,
    flavor,
    defaults,
    tables: made.map(({ table }) => table),
    sequences: sequencesOf(all, applied.passes, database, columns, names),
    views: views.dumped.map((view) => ({ name: view })),
    routines: programs.routines,
    triggers: (await readTriggers(session, database)).filter(({ table }) => names.has(table)),
    events: programs.events,
    incomplete,
    filter: applied,
  };
}

/** The sequences that the filter lets through, and those that the defaults of dumped tables take numbers from. */
function sequencesOf(
  listed: readonly ListedTable[],
  passes: AppliedFilter['passes'],
  database: string,
  columns: ReadonlyMap<string, readonly ListedColumn[]>,
  tables: ReadonlySet<string>,
): string[] {
  const defaults = [...tables]
    .flatMap((table) => columns.get(table) ?? [])
    .map(({ columnDefault }) => columnDefault ?? '');
  return listed
    .filter(({ type }) => type === 'SEQUENCE')
    .map(({ name }) => name)
    .filter((name) => {
      const used = `(${quoteIdentifier(database)}.${quoteIdentifier(name)})`;
      return passes(name) || defaults.some((text) => text.includes(used));
    });
}
