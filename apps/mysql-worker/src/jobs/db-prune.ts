import { backupsInUse, isTimeZone, planPrune, type PlannedFolder } from '@serverless-ops/backup-retention';
import {
  JOB_KINDS,
  JobError,
  listedBackups,
  listedNotes,
  WORKER_JOB_NAMES,
  type JobOptions,
  type JobResult,
  type WorkerPurpose,
} from '@serverless-ops/job-schemas';
import type { ListedBackup } from '@serverless-ops/object-store';
import type { BackupStorage } from '../databases.ts';
import type { JobContext } from '../job-context.ts';
import type { JobMeans } from '../job-means.ts';
import { pruneNotes } from '../prune/prune-notes.ts';
import { readFolders } from '../prune/read-folders.ts';
import type { RunningJob } from '../prune/running-jobs.ts';

/** Deletes what a rule gives up, or only says so: in a dry run of the order, and of the settings of its database. */
export async function performDbPrune(
  options: JobOptions<'db_prune'>,
  means: JobMeans,
  context: JobContext,
): Promise<JobResult<'db_prune'>> {
  const startedMs = context.now().getTime();
  if (!isTimeZone(options.time_zone)) throw unknownTimeZone(options.time_zone);
  const storage = await means.databases.findStorage(options);
  const pruned = storage === 'dry run' ? NOTHING : await dbPrune(options, storage, means, context);
  return {
    status: 'job complete',
    dry_run: options.dry_run,
    ...pruned,
    duration_ms: context.now().getTime() - startedMs,
  };
}

type Pruned = Omit<JobResult<'db_prune'>, 'status' | 'dry_run' | 'duration_ms'>;

const NOTHING: Pruned = {
  kept: 0,
  deleted: 0,
  deleted_objects: 0,
  deleted_bytes: 0,
  kept_backups: [],
  deleted_backups: [],
  versioning: 'off',
  notes: [],
};

/**
 * The plan is made in full before the first deletion, and a dry run ends there. So both tell the same.
 * @throws JobError
 */
async function dbPrune(
  options: JobOptions<'db_prune'>,
  { store, s3Path }: BackupStorage,
  { runningJobs, assertStillWanted }: JobMeans,
  context: JobContext,
): Promise<Pruned> {
  const { log, signal } = context;
  const { keep_daily: daily, keep_weekly: weekly, keep_monthly: monthly, time_zone: timeZone } = options;
  const folder = { s3Path, dbName: options.db_name, dbEnv: options.db_env };
  const { backups, foreignKeys } = await store.listBackups(folder, signal);
  const folders = await readFolders(store, backups, context);
  const versioning = await store.versioning(signal);
  // After the listing: a job that begins from here on takes a backup of its own choice, and the latest is always kept.
  const running = await runningJobs();
  const readers = (running ?? []).filter((job) => readsBackupOf(options, job)).map(toReader);
  const plan = planPrune({
    folders,
    rule: { daily, weekly, monthly },
    timeZone,
    now: context.now(),
    inUse: backupsInUse(
      readers,
      backups.flatMap(({ backupId, finishedAt }) => (finishedAt ? [{ backupId, finishedAt }] : [])),
    ),
  });
  for (const planned of plan) log.info({ ...planned, dry_run: options.dry_run }, 'planned');

  const given = new Set(plan.filter(({ fate }) => fate === 'delete').map(({ backupId }) => backupId));
  const toDelete = backups.filter(({ backupId }) => given.has(backupId));
  if (!options.dry_run) {
    for (const backup of toDelete) {
      await assertStillWanted();
      signal.throwIfAborted();
      // Not stopped in the middle: a folder without its manifest waits for a week.
      await store.deleteBackup(backup);
      context.moved();
      log.info({ backup_id: backup.backupId, objects: backup.objects.length }, 'deleted');
    }
  }
  return {
    ...resultOf(plan, toDelete),
    versioning,
    notes: listedNotes(pruneNotes({ folders, foreignKeys, versioning, knowsRunningJobs: running !== undefined })),
  };
}

/** What the jobs are there for that read backups. */
const READING: readonly WorkerPurpose[] = ['restore', 'verify'];

/** Whether a job reads backups, and those of this database; they may be of another environment than its server. */
function readsBackupOf({ db_name, db_env }: JobOptions<'db_prune'>, { jobName, options }: RunningJob): boolean {
  const name = WORKER_JOB_NAMES.find((each) => each === jobName);
  return (
    name !== undefined &&
    READING.includes(JOB_KINDS[name].purpose) &&
    options.db_name === db_name &&
    (options.backup_db_env ?? options.db_env) === db_env
  );
}

function unknownTimeZone(name: string): JobError {
  return new JobError(
    'InvalidRequest',
    `There is no time zone ${name}. The job deleted nothing. Give time_zone as an IANA name, such as Europe/Berlin.`,
  );
}

function toReader({ jobId, startedAt, options }: RunningJob): { jobId: string; startedAt: Date; backupId: string } {
  return { jobId, startedAt, backupId: options.backup_id ?? 'latest' };
}

function resultOf(
  plan: readonly PlannedFolder[],
  toDelete: readonly ListedBackup[],
): Omit<Pruned, 'versioning' | 'notes'> {
  const lines = (fate: PlannedFolder['fate']): string[] =>
    plan.filter((each) => each.fate === fate).map(({ backupId, why }) => `${backupId}: ${why}`);
  const objects = toDelete.flatMap((backup) => backup.objects);
  return {
    kept: plan.length - toDelete.length,
    deleted: toDelete.length,
    deleted_objects: objects.length,
    deleted_bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
    kept_backups: listedBackups(lines('keep').reverse()),
    deleted_backups: listedBackups(lines('delete')),
  };
}
