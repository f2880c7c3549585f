import { RESTORE_MARKER_TABLE } from '@serverless-ops/names';
import type { Incompleteness } from './incompleteness.ts';
import type { ListedTable } from './read-tables.ts';

/** What a marker says, whichever tables are dumped: nobody knows which of them the restore had finished. */
const RESTORE_IN_WORK: Incompleteness = {
  what: 'what a restore has not yet put into the database',
  why: `The database has the table "${RESTORE_MARKER_TABLE}": a restore into it is in work or was cut off, so it is not whole.`,
  remedy: 'Order db_restore again until it succeeds. Then take the backup again.',
};

/** The tables of a database without the marker of a restore: a restore of a backup that has it could never end. */
export function withoutMarker(listed: readonly ListedTable[]): {
  tables: readonly ListedTable[];
  incomplete: readonly Incompleteness[];
} {
  const tables = listed.filter(({ name }) => name !== RESTORE_MARKER_TABLE);
  return { tables, incomplete: tables.length < listed.length ? [RESTORE_IN_WORK] : [] };
}
