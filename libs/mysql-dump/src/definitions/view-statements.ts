import type { Connection } from 'mysql2/promise';
import type { Inventory } from '../inventory/inventory.ts';
import { createdUnder } from './created-under.ts';
import { withDefiner, type DefinerRule } from './definer.ts';
import { orderViews } from './order-views.ts';
import { freeView } from './own-names.ts';
import { hidesAscii } from './scan-sql.ts';
import { showCreate, type Definition } from './show-create.ts';
import type { MadeObject, Statement } from './statement.ts';
import { transcode } from './transcode.ts';

interface ViewToCreate {
  readonly name: string;
  readonly reads: readonly string[];
  readonly sql: string;
  readonly definition: Definition;
}

/**
 * The statements that make the views. A view that others read is made twice: a server checks what a view reads with the
 * rights of the view that is read, and refuses where that one's definer is missing. So it first belongs to whoever
 * restores, and gets its definer once all are there, the outermost first.
 */
export async function* viewStatements(
  session: Connection,
  inventory: Inventory,
  definer: DefinerRule,
): AsyncGenerator<Statement> {
  const read: ViewToCreate[] = [];
  for (const { name } of inventory.views) read.push(await readView(session, inventory, name));
  const ordered = orderViews(read);
  const areRead = new Set(read.flatMap(({ reads }) => reads));
  const create = function* ({ name, sql, definition }: ViewToCreate): Generator<Statement> {
    const makes: MadeObject = { kind: 'VIEW', name };
    const { before, after } = createdUnder(definition, inventory.defaults);
    yield* before;
    const { characterSetClient = 'utf8mb4' } = definition;
    yield {
      sql: withDefiner(Buffer.from(sql, 'latin1'), definer),
      makes,
      ...(hidesAscii(characterSetClient) && { clientCharacterSet: characterSetClient }),
    };
    yield* after;
  };
  for (const view of ordered) yield* create(areRead.has(view.name) ? { ...view, sql: ofInvoker(view.sql) } : view);
  for (const view of ordered.toReversed()) {
    if (areRead.has(view.name)) yield* create({ ...view, sql: view.sql.replace(/^CREATE /, 'CREATE OR REPLACE ') });
  }
}

async function readView(session: Connection, { database, views }: Inventory, name: string): Promise<ViewToCreate> {
  const makes: MadeObject = { kind: 'VIEW', name };
  const definition = await showCreate(session, makes);
  const characterSet = definition.characterSetClient ?? 'utf8mb4';
  const own = (await transcode(session, database, characterSet)) ?? database;
  const { sql, reads } = freeView(definition.sql.toString('latin1'), own, { characterSet });
  const read: string[] = [];
  for (const view of views) {
    const there = await transcode(session, view.name, characterSet);
    if (there !== undefined && reads.includes(there)) read.push(view.name);
  }
  return { name, definition, sql, reads: read };
}

/** The same view without a definer and with the rights of whoever uses it. */
function ofInvoker(sql: string): string {
  const stripped = withDefiner(Buffer.from(sql, 'latin1'), 'strip').toString('latin1');
  return stripped.replace(/^(CREATE (?:ALGORITHM=\w+ )?)SQL SECURITY DEFINER /, '$1SQL SECURITY INVOKER ');
}
