import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import type { Inventory, InventoryTable } from '../inventory/inventory.ts';
import { databaseDefaults } from './created-under.ts';
import { missingDefinition } from './missing-definition.ts';
import { freeDefaults } from './own-sequences.ts';
import { sequenceStatements } from './sequence-statements.ts';
import { showCreate } from './show-create.ts';
import { statement, type MadeObject, type Statement } from './statement.ts';

/**
 * The statements of `1-tables.sql`: the database's defaults, sequences, tables. None names the database. Call it once
 * the rows' snapshot is open: a sequence's position must not be older than the rows that took numbers from it.
 */
export async function* tableStatements(session: Connection, inventory: Inventory): AsyncGenerator<Statement> {
  yield databaseDefaults(inventory.defaults);
  for (const name of inventory.sequences) yield* sequenceStatements(session, name);
  // A MERGE table is checked against the tables that it merges.
  const isMerge = ({ engine }: InventoryTable): boolean => /^(mrg_|merge)/i.test(engine);
  const ordered = [...inventory.tables.filter((table) => !isMerge(table)), ...inventory.tables.filter(isMerge)];
  for (const table of ordered) {
    const makes: MadeObject = { kind: 'TABLE', name: table.name };
    const definition = await showCreate(session, makes);
    if (definition === undefined) throw missingDefinition(makes);
    const sql = { sql: Buffer.from(corrected(definition.sql, inventory, table), 'latin1'), makes };
    // MySQL lets only some accounts set it, so not before every table; MariaDB's is off for the whole file.
    if (table.isLax && inventory.flavor === 'mysql') {
      yield* [statement('SET innodb_strict_mode = 0'), sql, statement('SET innodb_strict_mode = DEFAULT')];
    } else yield sql;
  }
}

/** The statement that means what the server's says, one character for each byte. */
function corrected(sql: Buffer, { database, flavor }: Inventory, { foreignKeys }: InventoryTable): string {
  const text = sql.toString('latin1');
  if (flavor === 'mysql') return text;
  // MariaDB does not double the backticks in the name of a foreign key.
  const quoted = foreignKeys
    .filter((name) => name.includes('`'))
    .reduce(
      (so, name) =>
        so.replaceAll(
          `CONSTRAINT ${bytes(`\`${name}\``)} FOREIGN KEY`,
          `CONSTRAINT ${bytes(quoteIdentifier(name))} FOREIGN KEY`,
        ),
      text,
    );
  return /\b(?:next|last|set)val\(/i.test(quoted) ? freeDefaults(quoted, bytes(database)) : quoted;
}

function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
