import type { Connection } from 'mysql2/promise';
import type { Inventory } from '../inventory/inventory.ts';
import { databaseDefaults } from './created-under.ts';
import { missingDefinition } from './missing-definition.ts';
import { showCreate } from './show-create.ts';
import type { MadeObject, Statement } from './statement.ts';

/** The statements of `1-tables.sql`: the database's defaults, sequences, tables. None names the database. */
export async function* tableStatements(session: Connection, inventory: Inventory): AsyncGenerator<Statement> {
  yield databaseDefaults(inventory.defaults);
  for (const { name } of inventory.tables) {
    const makes: MadeObject = { kind: 'TABLE', name };
    const definition = await showCreate(session, makes);
    if (definition === undefined) throw missingDefinition(makes);
    yield { sql: definition.sql, makes };
  }
}
