import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import type { ListedTable } from './read-tables.ts';

/**
 * Opens every table that is not InnoDB's. MySQL lists a table with an engine although it cannot open it, such as a MERGE
 * of tables that differ, and tells the reason as the comment of another table.
 */
export async function probeTables(session: Connection, tables: readonly ListedTable[]): Promise<ListedTable[]> {
  const probed: ListedTable[] = [];
  for (const table of tables) {
    const why = table.engine === null || table.engine === 'InnoDB' ? undefined : await failure(session, table.name);
    probed.push(why === undefined ? table : { ...table, engine: null, comment: why });
  }
  return probed;
}

/** Errors that say that the account may not read it, which is judged elsewhere: no such command, column or table for it. */
const DENIED = [1142, 1143, 1044];

async function failure(session: Connection, name: string): Promise<string | undefined> {
  try {
    await session.query(`SELECT 1 FROM ${quoteIdentifier(name)} LIMIT 0`);
    return undefined;
  } catch (error) {
    const { errno = 0, sqlState, message = '' } = error as { errno?: number; sqlState?: string; message?: string };
    // Without a state, it is no answer of the server: the connection is gone.
    if (sqlState === undefined) throw error;
    return DENIED.includes(errno) ? undefined : message;
  }
}
