import { setTimeout as sleep } from 'node:timers/promises';
import { connect, quoteIdentifier, translateMysqlError, type ServerConnection } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import { restoreDatabase, serverOf, type RestoreDatabaseOptions, type RestoreReport } from './restore-database.ts';
import { lockTarget } from './target/restore-lock.ts';
import { readMarker } from './target/restore-marker.ts';
import { exists, readContents } from './target/target-contents.ts';

export interface DrillBackupOptions extends Omit<
  RestoreDatabaseOptions,
  'tables' | 'definer' | 'overwrite' | 'isScratch'
> {
  /** Called when the database is restored and compared, before it is dropped. */
  readonly onRestored?: () => void;
}

/** How often, and how long apart, a server that cannot be asked is asked to drop the database. */
const ATTEMPTS = 3;
const PAUSE_MS = 2_000;

/**
 * Restores a backup into a database that is there for nothing else, compares the two, and drops the database, also when
 * the restore fails. Owners are left out and no event runs. A database of that name that no drill made is refused and stays
 * as it is; what a drill of a worker that died left behind is removed first.
 *
 * Throws what `restoreDatabase` throws; what `translateMysqlError` makes of a DROP DATABASE that the server refuses.
 */
export async function drillBackup(options: DrillBackupOptions): Promise<RestoreReport> {
  const { connection, database, jobId } = options;
  let report: RestoreReport;
  try {
    report = await restoreDatabase({ ...options, isScratch: true });
  } catch (error) {
    // The reason of the failure tells more than what a server says that is perhaps gone.
    await dropScratch(connection, { database, jobId }).catch(() => undefined);
    throw error;
  }
  options.onRestored?.();
  await dropScratch(connection, { database, jobId });
  return report;
}

/** Drops the database if this drill made it. */
async function dropScratch(
  connection: ServerConnection,
  { database, jobId }: { database: string; jobId: string },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const session = await connect(serverOf(connection));
      try {
        // What is no longer ours, another drill has taken over.
        if (!(await isOurs(session, database, jobId))) return;
        await lockTarget(session, database);
        if (await isOurs(session, database, jobId)) await session.query(`DROP DATABASE ${quoteIdentifier(database)}`);
        return;
      } finally {
        session.destroy();
      }
    } catch (error) {
      const translated = translateMysqlError(error, connection);
      if (attempt === ATTEMPTS || !translated.retryable) throw translated;
      await sleep(PAUSE_MS);
    }
  }
}

/** A database that a drill made has the marker of its job to the end; only right after CREATE DATABASE it is empty. */
async function isOurs(session: Connection, database: string, jobId: string): Promise<boolean> {
  if (!(await exists(session, database))) return false;
  const marker = await readMarker(session, database);
  if (typeof marker === 'object') return marker.jobId === jobId;
  return (await readContents(session, database)).length === 0;
}
