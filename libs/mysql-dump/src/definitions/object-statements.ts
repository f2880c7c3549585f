import type { Connection } from 'mysql2/promise';
import type { Inventory } from '../inventory/inventory.ts';
import { createdUnder } from './created-under.ts';
import { withDefiner, type DefinerRule } from './definer.ts';
import { missingDefinition } from './missing-definition.ts';
import { showCreate } from './show-create.ts';
import type { MadeObject, Statement } from './statement.ts';
import { viewStatements } from './view-statements.ts';

export interface ObjectOptions {
  /** @default keep */
  readonly definer?: DefinerRule;
}

/**
 * The statements of `3-objects.sql`: routines, views, triggers, events, each in a session as its author had it. Routines
 * come first, because a view is checked when it is created and a routine when it is called.
 */
export async function* objectStatements(
  session: Connection,
  inventory: Inventory,
  { definer = 'keep' }: ObjectOptions = {},
): AsyncGenerator<Statement> {
  yield* programStatements(session, inventory, definer, inventory.routines);
  yield* viewStatements(session, inventory, definer);
  yield* programStatements(session, inventory, definer, [
    ...inventory.triggers.map(({ name }) => ({ kind: 'TRIGGER' as const, name })),
    ...inventory.events.map(({ name }) => ({ kind: 'EVENT' as const, name })),
  ]);
}

async function* programStatements(
  session: Connection,
  inventory: Inventory,
  definer: DefinerRule,
  objects: readonly MadeObject[],
): AsyncGenerator<Statement> {
  for (const { kind, name } of objects) {
    const makes = { kind, name };
    const definition = await showCreate(session, makes);
    if (definition === undefined) throw missingDefinition(makes);
    const { before, after } = createdUnder(definition, inventory.defaults);
    yield* before;
    yield { sql: withDefiner(definition.sql, definer), makes };
    yield* after;
  }
}
