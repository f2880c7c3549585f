import { abandon, connect, translateMysqlError, type ServerConnection } from '@serverless-ops/mysql-connect';
import type { BackupToRestore } from './backup/backup-to-restore.ts';
import { planRestore } from './backup/plan-restore.ts';
import { RestoreRun, type RestoreProgress } from './restore-run.ts';
import { lockTarget } from './target/restore-lock.ts';
import { spelledByServer } from './target/target-contents.ts';

export interface RestoreDatabaseOptions {
  readonly backup: BackupToRestore;
  readonly connection: ServerConnection;
  /** Name of the database to restore into. It is created if the server does not have it. */
  readonly database: string;
  /** Names the restore in the marker that the target has meanwhile. */
  readonly jobId: string;
  /** @default the whole backup */
  readonly tables?: readonly string[];
  /** Owners of views, routines, triggers and events; `strip`: the account that restores. @default keep */
  readonly definer?: 'keep' | 'strip';
  /** Removes what is in the way: the whole contents of the target, or the tables that are restored. @default false */
  readonly overwrite?: boolean;
  /**
   * Whether the database is dropped afterwards: owners are stripped, no event runs, and the marker stays to the end.
   * @default false
   */
  readonly isScratch?: boolean;
  /** Sessions that load at once. @default 2 */
  readonly parallelism?: number;
  /** Ends the restore at once; its reason is what is thrown. The target keeps the marker. */
  readonly signal: AbortSignal;
  /** Called once, right before the first change. What it throws ends the restore. */
  readonly onStart?: (start: RestoreStart) => Promise<void> | void;
  /** Called as work moves on, and every 20 s while the server works on one statement. */
  readonly onProgress?: (progress: RestoreProgress) => void;
}

/** What a restore is about to do. */
export interface RestoreStart {
  /** Objects that are in the way and will be removed. */
  readonly removes: number;
  /** The restore that was cut off, and whose half is removed first. */
  readonly cutOff: { readonly backupId: string; readonly jobId: string } | undefined;
  readonly warnings: readonly string[];
}

/** What was restored. */
export interface RestoreReport {
  readonly rows: number;
  readonly tables: number;
  /** Tables whose rows were read again and compared with the manifest. */
  readonly comparedTables: number;
  /** SQL, before compression. */
  readonly bytes: number;
  /** What somebody who uses the restored database should know. */
  readonly warnings: readonly string[];
}

/**
 * Restores a backup, or some tables of it: proves every object, then checks the server and what the target holds, and only
 * then changes something. A marker in the target says that it is not whole until all of it was compared with the backup.
 * A restore that was cut off is started again by the same call: it removes the half that is there, and nothing else.
 *
 * Throws JobError InvalidRequest, BackupCorrupt, TargetNotEmpty, RestoreInProgress, RestoreFailed, RestoreDiffers, those of
 * `targetProblems` and `translateMysqlError`, what the reads of the backup throw, and the signal's reason.
 */
export async function restoreDatabase(options: RestoreDatabaseOptions): Promise<RestoreReport> {
  const { backup, connection, database, tables, signal, onProgress } = options;
  signal.throwIfAborted();
  let provenBytes = 0;
  const plan = await planRestore(backup, {
    signal,
    ...(tables && { tables }),
    onVerified: (bytes) => onProgress?.({ phase: 'verifying', rows: 0, bytes: (provenBytes += bytes) }),
  });
  const control = await connect(serverOf(connection));
  const close = (): void => abandon(control);
  signal.addEventListener('abort', close, { once: true });
  try {
    signal.throwIfAborted();
    const target = await spelledByServer(control, database);
    await lockTarget(control, target);
    return await new RestoreRun(control, plan, { ...options, database: target }).run();
  } catch (error) {
    signal.throwIfAborted();
    throw translateMysqlError(error, connection);
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

/** Without a database: the target may not be there yet. */
export function serverOf({ host, port, user, password, tls, silentSeconds }: ServerConnection): ServerConnection {
  return { host, port, user, password, tls, ...(silentSeconds !== undefined && { silentSeconds }) };
}
