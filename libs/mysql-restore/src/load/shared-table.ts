import type { ServerFlavor } from '@serverless-ops/mysql-dump';
import type { PlannedTable } from '../backup/restore-plan.ts';

/**
 * What a session needs beside what a chunk of rows says itself. Without `unique_checks` and `foreign_key_checks`, MariaDB 10.6
 * and later load an empty table in bulk, and lock all of it until the transaction ends (MDEV-515): the other sessions that
 * fill the same table would wait, and give up. A table that one session fills alone is loaded so, with its keys last.
 */
export function sharedTableSetup({ parts }: PlannedTable, flavor: ServerFlavor): Buffer[] {
  return flavor === 'mariadb' && parts.length > 1 ? [Buffer.from('SET unique_checks=1')] : [];
}
