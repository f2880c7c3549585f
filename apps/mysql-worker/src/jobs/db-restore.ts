import { JobError, listedWarnings, type JobOptions, type JobResult } from '@serverless-ops/job-schemas';
import type { ServerConnection } from '@serverless-ops/mysql-connect';
import {
  restoreDatabase,
  type BackupToRestore,
  type RestoreReport,
  type RestoreStart,
} from '@serverless-ops/mysql-restore';
import type { DatabaseWithStorage } from '../databases.ts';
import type { JobContext } from '../job-context.ts';
import type { JobMeans } from '../job-means.ts';
import { refuseOverwrite } from '../restore/refuse-overwrite.ts';
import { restoreProgress } from '../restore/restore-progress.ts';

interface DbRestore extends Pick<JobMeans, 'jobId' | 'assertStillWanted'> {
  readonly options: JobOptions<'db_restore'>;
  readonly backup: BackupToRestore;
  readonly connection: ServerConnection;
  readonly database: string;
  /** Throws where the order may not remove what the target holds. */
  readonly assertMayRemove: () => Promise<void>;
}

/** Restores a backup of a database, or only says so if its settings ask for a dry run. */
export async function performDbRestore(
  options: JobOptions<'db_restore'>,
  { databases, jobId, restoreAllowOverwrite, assertStillWanted }: JobMeans,
  context: JobContext,
): Promise<JobResult<'db_restore'>> {
  const { db_name: dbName, db_env: dbEnv, backup_db_env: backupEnv = dbEnv, target_db_name: targetName } = options;
  const startedMs = context.now().getTime();
  refuseOverwrite(options, restoreAllowOverwrite);
  const found = await databases.findWithStorage(options);
  if (found === 'dry run') {
    context.log.info('dry run: neither MySQL nor S3 is touched');
    return resultOf({ backupId: options.backup_id, database: targetName ?? dbName }, 0, NOTHING);
  }
  const { connection, store, s3Path } = found;
  const backup = await store.findBackup({ s3Path, dbName, dbEnv: backupEnv }, options.backup_id, context.signal);
  const database = targetName ?? connection.database;
  const isOwn = backupEnv === dbEnv && database === connection.database;
  const report = await dbRestore(
    {
      ...{ options, backup, connection, database, jobId, assertStillWanted },
      assertMayRemove: async () => {
        if (isOwn || options.OVERWRITE_never_backed_up) return;
        await assertBackedUp(found, { dbName: targetName ?? dbName, dbEnv }, context.signal);
      },
    },
    context,
  );
  const durationMs = context.now().getTime() - startedMs;
  return resultOf({ backupId: backup.manifest.backup_id, database }, durationMs, report);
}

async function dbRestore(restore: DbRestore, context: JobContext): Promise<RestoreReport> {
  const { options, backup, connection, database, jobId } = restore;
  const { include_tables: tables, parallelism, definer, OVERWRITE_target: overwrite } = options;
  const { backup_id: backupId, db_name: ofDatabase, db_env: ofEnvironment } = backup.manifest;
  const said = { backup_id: backupId, backup_of: `${ofDatabase}/${ofEnvironment ?? ''}`, target: database };
  context.log.info(said, 'restore begins: the objects of the backup are verified');
  const progress = restoreProgress(() => context.now().getTime());
  return restoreDatabase({
    ...{ backup, connection, database, jobId, tables, parallelism, definer, overwrite },
    signal: context.signal,
    onStart: async (start) => {
      if (start.removes > 0) await restore.assertMayRemove();
      await restore.assertStillWanted();
      logStart(start, { ...said, host: connection.host, user: connection.user, tables }, context);
    },
    onProgress: (done) => {
      context.moved();
      context.reportProgress(progress(done));
    },
  });
}

/** What an audit asks of a restore: who it was ordered as, into what, from which backup, and what it removes. */
function logStart({ removes, cutOff, warnings }: RestoreStart, said: object, { log }: JobContext): void {
  const audited = { ...said, removes, ...(cutOff && { cut_off_job: cutOff.jobId, cut_off_backup: cutOff.backupId }) };
  log.warn(audited, removes > 0 ? 'the restore REMOVES what the target holds' : 'the restore changes the target');
  for (const warning of warnings) log.warn({ warning }, 'what a reader of the restored database should know');
}

/** Whether something of the contents would remain in a backup. */
async function assertBackedUp(
  { store, s3Path }: DatabaseWithStorage,
  target: { readonly dbName: string; readonly dbEnv: string },
  signal: AbortSignal,
): Promise<void> {
  const { backups } = await store.listBackups({ s3Path, ...target }, signal);
  if (backups.some(({ finishedAt }) => finishedAt !== undefined)) return;
  throw new JobError(
    'TargetNotEmpty',
    `The target ${target.dbName}/${target.dbEnv} is not empty, and it has no backup in s3://${store.bucket}/${s3Path}. ` +
      'What it holds would be lost. Back it up first, or set OVERWRITE_never_backed_up.',
  );
}

const NOTHING: RestoreReport = { rows: 0, tables: 0, comparedTables: 0, bytes: 0, warnings: [] };

function resultOf(
  { backupId, database }: { backupId: string; database: string },
  durationMs: number,
  { rows, tables, comparedTables, bytes, warnings }: RestoreReport,
): JobResult<'db_restore'> {
  return {
    status: 'job complete',
    backup_id: backupId,
    target_db_name: database,
    ...{ rows, tables, bytes },
    compared_tables: comparedTables,
    warning_count: warnings.length,
    warnings: listedWarnings(warnings),
    duration_ms: durationMs,
  };
}
