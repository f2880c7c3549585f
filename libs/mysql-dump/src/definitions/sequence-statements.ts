import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import { selectRows } from '../inventory/select-rows.ts';
import { showCreate } from './show-create.ts';
import { statement, type MadeObject, type Statement } from './statement.ts';

/** The columns of a sequence's only row, in their order. */
const STATE = [
  'next_not_cached_value',
  'minimum_value',
  'maximum_value',
  'start_value',
  'increment',
  'cache_size',
  'cycle_option',
  'cycle_count',
];

/**
 * Makes a sequence and puts it where it is: it goes on behind what the source's server has taken out of it in advance,
 * as that server itself would do after a restart. A sequence takes an INSERT as its new state.
 */
export async function* sequenceStatements(session: Connection, name: string): AsyncGenerator<Statement> {
  const makes: MadeObject = { kind: 'SEQUENCE', name };
  const definition = await showCreate(session, makes);
  yield { sql: definition.sql, makes };
  // As text: a position may be larger than what a double can hold.
  const state = STATE.map((column) => `CAST(${column} AS CHAR) AS ${column}`);
  const [row] = await selectRows<Record<string, string>>(
    session,
    `SELECT ${state.join(', ')} FROM ${quoteIdentifier(name)}`,
  );
  const values = STATE.map((column) => String(BigInt(row?.[column] ?? '')));
  yield statement(`INSERT INTO ${quoteIdentifier(name)} VALUES (${values.join(', ')})`);
}
