import { connect } from '@serverless-ops/mysql-connect';
import type { DatabaseServer } from '@serverless-ops/test-servers';
import type { DefinerRule } from '../definitions/definer.ts';
import { objectStatements } from '../definitions/object-statements.ts';
import { sqlFile } from '../definitions/sql-file.ts';
import { tableStatements } from '../definitions/table-statements.ts';
import type { Incompleteness } from '../inventory/incompleteness.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { readInventory } from '../inventory/read-inventory.ts';
import type { TableFilter } from '../inventory/table-filter.ts';

export interface DefinitionsOptions extends TableFilter {
  readonly definer?: DefinerRule;
  /** @default root */
  readonly account?: { readonly user: string; readonly password: string };
}

/** The files `1-tables.sql` and `3-objects.sql` of a database, one behind the other, and the inventory they are of. */
export async function dumpDefinitions(
  server: DatabaseServer,
  database: string,
  { definer = 'keep', account, ...filter }: DefinitionsOptions = {},
): Promise<{ inventory: Inventory; reported: Incompleteness[]; sql: Buffer }> {
  const { host, port } = server;
  const { user, password } = account ?? { user: 'root', password: server.rootPassword };
  const session = await connect({ host, port, user, password, tls: { mode: 'loopback' }, database });
  try {
    const inventory = await readInventory(session, database, filter);
    const parts: Uint8Array[] = [];
    const reported: Incompleteness[] = [];
    const report = (entry: Incompleteness): void => void reported.push(entry);
    for await (const { sql } of sqlFile(tableStatements(session, inventory, { report }))) parts.push(sql);
    for await (const { sql } of sqlFile(objectStatements(session, inventory, { definer, report }))) parts.push(sql);
    return { inventory, reported, sql: Buffer.concat(parts) };
  } finally {
    session.destroy();
  }
}
