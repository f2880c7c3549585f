import type { Connection } from 'mysql2/promise';
import type { Incompleteness } from '../inventory/incompleteness.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { DefinerRule } from './definer.ts';
import { reportMisread } from './report-misread.ts';
import { programStatements, type ProgramToCreate } from './program-statements.ts';
import { withRawResults } from './show-create.ts';
import type { Statement } from './statement.ts';
import { viewStatements } from './view-statements.ts';

export interface ObjectOptions {
  /** @default keep */
  readonly definer?: DefinerRule;
  /**
   * Gets what somebody who restores a program has to know, before its statement comes. To have all of it before a dump
   * starts, take the statements first.
   * @default it is lost
   */
  readonly report?: (incompleteness: Incompleteness) => void;
}

/**
 * The statements of `3-objects.sql`: routines, views, triggers, events, each in a session as its author had it. Routines
 * come first, because a view is checked when it is created and a routine when it is called. Triggers come after the rows
 * and events after all, because they act.
 */
export async function* objectStatements(
  session: Connection,
  inventory: Inventory,
  { definer = 'keep', report = () => undefined }: ObjectOptions = {},
): AsyncGenerator<Statement> {
  yield* withRawResults(session, () => statements(session, inventory, { definer, report }));
}

async function* statements(
  session: Connection,
  inventory: Inventory,
  options: Required<ObjectOptions>,
): AsyncGenerator<Statement> {
  const { routines, triggers, events } = inventory;
  for (const routine of routines) yield* programStatements(session, inventory, options, routine);
  yield* reportMisread(viewStatements(session, inventory, options), options.report);
  const programs: ProgramToCreate[] = [
    ...triggers.map(({ name }) => ({ kind: 'TRIGGER' as const, name })),
    ...events.map(({ name, comment, isOver, createdAt }) => ({
      ...{ kind: 'EVENT' as const, name, comment },
      ...(isOver && { createdAt }),
    })),
  ];
  for (const program of programs) yield* programStatements(session, inventory, options, program);
}
