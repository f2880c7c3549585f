import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import { selectRows } from '../inventory/select-rows.ts';
import type { Inventory, InventoryTable } from '../inventory/inventory.ts';
import type { Incompleteness } from '../inventory/incompleteness.ts';
import { databaseDefaults } from './created-under.ts';
import { withFourByteTexts } from './four-byte-texts.ts';
import { generalTablespace } from './general-tablespace.ts';
import { freeDefaults } from './own-sequences.ts';
import { reportMisread } from './report-misread.ts';
import { sequenceStatements } from './sequence-statements.ts';
import { showCreate, withRawResults } from './show-create.ts';
import { statement, type MadeObject, type Statement } from './statement.ts';

export interface TableOptions {
  /**
   * What SHOW CREATE TABLE said of tables, where that is known already.
   * @default each table is asked for
   */
  readonly shown?: ReadonlyMap<string, Uint8Array>;
  /**
   * Gets what somebody who restores a table has to know, before its statement comes.
   * @default it is lost
   */
  readonly report?: (incompleteness: Incompleteness) => void;
}

/**
 * The statements of `1-tables.sql`: the database's defaults, sequences, tables. None names the database. Call it once
 * the rows' snapshot is open: a sequence's position must not be older than the rows that took numbers from it.
 */
export async function* tableStatements(
  session: Connection,
  inventory: Inventory,
  { shown = new Map(), report = () => undefined }: TableOptions = {},
): AsyncGenerator<Statement> {
  yield* withRawResults(session, () => reportMisread(statements(session, inventory, { shown, report }), report));
}

async function* statements(
  session: Connection,
  inventory: Inventory,
  { shown, report }: Required<TableOptions>,
): AsyncGenerator<Statement> {
  yield databaseDefaults(inventory.defaults);
  for (const name of inventory.sequences) yield* sequenceStatements(session, name);
  // A MERGE table is checked against the tables that it merges.
  const isMerge = ({ engine }: InventoryTable): boolean => /^(mrg_|merge)/i.test(engine);
  const ordered = [...inventory.tables.filter((table) => !isMerge(table)), ...inventory.tables.filter(isMerge)];
  for (const { name, isLax, rows } of ordered) {
    const makes: MadeObject = { kind: 'TABLE', name };
    let sql = Buffer.from(shown.get(name) ?? (await showCreate(session, makes)).sql).toString('latin1');
    if (rows) sql = await withFourByteTexts(session, sql, { table: rows, report });
    if (inventory.flavor === 'mysql') generalTablespace(sql, name).forEach(report);
    if (inventory.flavor === 'mariadb') sql = await ofMariadb(session, sql, inventory, name);
    const create = { sql: Buffer.from(sql, 'latin1'), makes };
    // MySQL lets only some accounts set it, so not before every table; MariaDB's is off for the whole file.
    if (isLax && inventory.flavor === 'mysql') {
      const around = (setting: string): Statement => ({
        ...statement(`SET innodb_strict_mode = ${setting}`),
        ofTable: name,
      });
      yield* [around('0'), create, around('DEFAULT')];
    } else yield create;
  }
}

/** MariaDB leaves a backtick in the name of a foreign key as it is, and then no server understands the statement. */
const FOREIGN_KEY = /CONSTRAINT `[^`]*` FOREIGN KEY \(/g;

async function ofMariadb(session: Connection, shown: string, { database }: Inventory, table: string): Promise<string> {
  let text = shown;
  if (text.replaceAll(FOREIGN_KEY, '').includes('` FOREIGN KEY (')) {
    const rows = await selectRows<{ name: string }>(
      session,
      `SELECT constraint_name AS name FROM information_schema.referential_constraints
       WHERE constraint_schema = ? AND table_name = ?`,
      [database, table],
    );
    for (const { name } of rows) {
      const [shownName, quoted] = [bytes(`\`${name}\``), bytes(quoteIdentifier(name))];
      text = text.replace(`CONSTRAINT ${shownName} FOREIGN KEY`, () => `CONSTRAINT ${quoted} FOREIGN KEY`);
    }
  }
  if (/\b(?:next|last|set)val\(/i.test(text)) text = freeDefaults(text, bytes(database));
  return text;
}

function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
