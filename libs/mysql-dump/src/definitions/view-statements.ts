import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import type { Inventory } from '../inventory/inventory.ts';
import { createdUnder } from './created-under.ts';
import { withDefiner } from './definer.ts';
import { orderViews } from './order-views.ts';
import { freeView } from './own-names.ts';
import { hidesAscii } from './scan-sql.ts';
import { showCreate, type Definition } from './show-create.ts';
import type { MadeObject, Statement } from './statement.ts';
import { decode, transcode } from './transcode.ts';
import { whatCanBeCreated } from './creatable-views.ts';
import type { ObjectOptions } from './object-statements.ts';

interface ViewToCreate {
  readonly name: string;
  readonly reads: readonly string[];
  readonly calls: readonly string[];
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
  { definer, report }: Required<ObjectOptions>,
): AsyncGenerator<Statement> {
  const read: ViewToCreate[] = [];
  for (const { name } of inventory.views) read.push(await readView(session, inventory, name));
  const { creatable, missing } = whatCanBeCreated(read, inventory);
  missing.forEach(report);
  const ordered = orderViews(creatable);
  if (inventory.flavor === 'mysql') await reportMissingDefiners(session, ordered, report);
  const areRead = new Set(ordered.flatMap(({ reads }) => reads));
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

const NO_SUCH_USER = 1449;

/** MySQL restores a view over one whose definer does not exist, but calls it invalid, and lists no columns for it. */
async function reportMissingDefiners(
  session: Connection,
  views: readonly ViewToCreate[],
  report: ObjectOptions['report'] & object,
): Promise<void> {
  const names = new Set(views.map(({ name }) => name));
  for (const { name } of views.filter(({ reads }) => reads.some((read) => names.has(read)))) {
    try {
      await session.query('SET @view = ?', [`SELECT 1 FROM ${quoteIdentifier(name)}`]);
      await session.query('PREPARE view_check FROM @view');
      await session.query('DEALLOCATE PREPARE view_check');
    } catch (error) {
      // Whatever else the account may not see of the view changes nothing of its restore.
      if ((error as { errno?: number }).errno !== NO_SUCH_USER) continue;
      report({
        what: `view ${JSON.stringify(name)}`,
        why: 'It reads a view whose definer does not exist. No session can read it. It is in the backup as it is, and the server calls it invalid after a restore.',
        remedy: 'Create the account, or give the view that it reads another definer.',
      });
    }
  }
}

async function readView(session: Connection, { database }: Inventory, name: string): Promise<ViewToCreate> {
  const definition = await showCreate(session, { kind: 'VIEW', name });
  const characterSet = definition.characterSetClient ?? 'utf8mb4';
  const own = (await transcode(session, database, characterSet)) ?? database;
  const { sql, reads, calls } = freeView(definition.sql.toString('latin1'), own, { characterSet });
  const decoded = async (names: readonly string[]): Promise<string[]> =>
    Promise.all(names.map((bytes) => decode(session, bytes, characterSet)));
  return { name, definition, sql, reads: await decoded(reads), calls: await decoded(calls) };
}

/** The same view without a definer and with the rights of whoever uses it. */
function ofInvoker(sql: string): string {
  const stripped = withDefiner(Buffer.from(sql, 'latin1'), 'strip').toString('latin1');
  return stripped.replace(/^(CREATE (?:ALGORITHM=\w+ )?)SQL SECURITY DEFINER /, '$1SQL SECURITY INVOKER ');
}
