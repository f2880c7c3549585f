import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import type { Incompleteness } from './incompleteness.ts';
import type { ListedColumn } from './read-tables.ts';
import { selectRows, whereKnown } from './select-rows.ts';
import type { ServerFlavor } from './server-flavor.ts';

const UTC = /^(UTC|GMT|\+00:00|Etc\/UTC|Etc\/GMT|Universal|Zulu)$/i;

/** MariaDB checks no constraint in a restore, and MySQL has none before 8.0.16. */
const MYSQL_CHECKS = `
  SELECT c.table_name AS ofTable, k.check_clause AS expression
  FROM information_schema.table_constraints c
  JOIN information_schema.check_constraints k USING (constraint_schema, constraint_name)
  WHERE c.constraint_schema = ? AND c.constraint_type = 'CHECK'`;

export interface ZoneDependentOptions {
  readonly database: string;
  readonly flavor: ServerFlavor;
  /** By table. */
  readonly columns: ReadonlyMap<string, readonly ListedColumn[]>;
  readonly isDumped: (table: string) => boolean;
}

/**
 * What a restore computes of TIMESTAMP columns, in UTC, where the sessions of the source's server have another time zone:
 * stored columns get other values, and a CHECK may refuse a row. Nothing on a server whose zone is UTC.
 */
export async function zoneDependent(
  session: Connection,
  { database, flavor, columns, isDumped }: ZoneDependentOptions,
): Promise<Incompleteness[]> {
  const zone = await zoneOf(session);
  if (UTC.test(zone)) return [];
  const timestampsOf = (table: string): string[] =>
    (columns.get(table) ?? []).filter(({ dataType }) => dataType === 'timestamp').map(({ name }) => name);
  const uses = (expression: string, table: string): boolean =>
    timestampsOf(table).some((name) => expression.includes(quoteIdentifier(name)));
  const stored = [...columns.values()]
    .flat()
    .filter((column) => column.stored && isDumped(column.table) && uses(column.generationExpression, column.table));
  const checks =
    flavor === 'mariadb'
      ? []
      : await whereKnown(selectRows<{ ofTable: string; expression: string }>(session, MYSQL_CHECKS, [database]));
  const checked = checks.filter(({ ofTable, expression }) => isDumped(ofTable) && uses(expression, ofTable));
  return [
    ...stored.map(({ table, name }) => ({
      what: `values of the generated column ${JSON.stringify(name)} of table ${JSON.stringify(table)}`,
      why: `They are computed from a TIMESTAMP column. A restore computes them in UTC, and the time zone of this server is ${zone}.`,
      remedy: `After a restore, SET time_zone to ${zone} and UPDATE the table, with the column set to DEFAULT.`,
    })),
    ...[...new Set(checked.map(({ ofTable }) => ofTable))].map((table) => ({
      what: `CHECK constraints of table ${JSON.stringify(table)}`,
      why: `They compare a TIMESTAMP column. A restore checks them in UTC, and the time zone of this server is ${zone}, so the restore may refuse a row.`,
      remedy:
        'If it does, take the constraint out of 1-tables.sql.zst for the restore, and add it to the table afterwards.',
    })),
  ];
}

async function zoneOf(session: Connection): Promise<string> {
  const [row] = await selectRows<{ zone: string; systemZone: string }>(
    session,
    'SELECT @@global.time_zone AS zone, @@system_time_zone AS systemZone',
  );
  const { zone = 'unknown', systemZone = 'unknown' } = row ?? {};
  return zone.toUpperCase() === 'SYSTEM' ? systemZone : zone;
}
