import type { Connection } from 'mysql2/promise';
import type { Inventory } from '../inventory/inventory.ts';
import { createdUnder } from './created-under.ts';
import { withDefiner } from './definer.ts';
import { inspectProgram } from './inspect-program.ts';
import type { ObjectOptions } from './object-statements.ts';
import { freeTrigger } from './own-trigger.ts';
import { recoded } from './recode.ts';
import { hidesAscii } from './scan-sql.ts';
import { showCreate } from './show-create.ts';
import { statement, type MadeObject, type Statement } from './statement.ts';
import { transcode } from './transcode.ts';

/** A stored program to be created. */
export interface ProgramToCreate extends MadeObject {
  /** In UTF-8. @default none */
  readonly comment?: string;
  /** The UTC second at which an event must be created, because it is over now. @default whenever it is restored */
  readonly createdAt?: number;
}

/** The statements that make a stored program: the session that its author had, the program, what sets the session back. */
export async function* programStatements(
  session: Connection,
  { database, defaults }: Inventory,
  { definer, report }: Required<ObjectOptions>,
  program: ProgramToCreate,
): AsyncGenerator<Statement> {
  const { kind, name, createdAt } = program;
  const makes: MadeObject = { kind, name };
  const definition = await showCreate(session, makes);
  const { sqlMode = '', characterSetClient: characterSet = 'utf8mb4' } = definition;
  let sql = await recoded(session, definition, program);
  const own = (await transcode(session, database, characterSet)) ?? database;
  if (kind === 'TRIGGER') sql = freeTrigger(sql, own, { sqlMode, characterSet });
  inspectProgram(makes, sql, own, { sqlMode, characterSet }).forEach(report);
  const { before, after } = createdUnder(definition, defaults);
  yield* before;
  if (createdAt !== undefined) yield statement(`SET timestamp = ${createdAt}`);
  yield {
    sql: withDefiner(Buffer.from(sql, 'latin1'), definer),
    makes,
    ...(hidesAscii(characterSet) && { clientCharacterSet: characterSet }),
  };
  if (createdAt !== undefined) yield statement('SET timestamp = DEFAULT');
  yield* after;
}
