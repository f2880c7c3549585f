import type { ServerFlavor } from '@serverless-ops/mysql-dump';
import type { PlannedTable } from '../backup/restore-plan.ts';

/** Of SQL. A smaller table is filled at once by any means; a bulk load of each costs the server megabytes. */
const BULK_FROM_BYTES = 4 * 1024 ** 2;

/**
 * What a session needs beside what a chunk of rows says itself. Without `unique_checks` and `foreign_key_checks`, MariaDB 10.6
 * and later load an empty table in bulk, and lock all of it until the transaction ends (MDEV-515): the other sessions that
 * fill the same table would wait, and give up. A large table that one session fills alone is loaded so, with its keys last.
 */
export function sharedTableSetup({ parts }: PlannedTable, flavor: ServerFlavor): Buffer[] {
  if (flavor !== 'mariadb') return [];
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return parts.length > 1 || bytes < BULK_FROM_BYTES ? [Buffer.from('SET unique_checks=1')] : [];
}
