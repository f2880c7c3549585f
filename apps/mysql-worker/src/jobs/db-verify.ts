import { JobError, type JobOptions, type JobResult } from '@serverless-ops/job-schemas';
import { verifyBackup, type FoundBackup } from '@serverless-ops/object-store';
import type { BackupStorage, DatabaseWithStorage } from '../databases.ts';
import type { JobContext } from '../job-context.ts';
import type { JobMeans } from '../job-means.ts';
import { drill } from '../verify/drill.ts';
import { recordDrill } from '../verify/record-drill.ts';

/**
 * Reads a backup to its last byte, and restores it where a drill is asked for; or only says so if the settings of its database
 * ask for a dry run.
 */
export async function performDbVerify(
  options: JobOptions<'db_verify'>,
  means: JobMeans,
  context: JobContext,
): Promise<JobResult<'db_verify'>> {
  const startedMs = context.now().getTime();
  const found = await (options.drill ? means.databases.findWithStorage(options) : means.databases.findStorage(options));
  const verified = found === 'dry run' ? dryRun(options, context) : await dbVerify(options, found, means, context);
  return { status: 'job complete', ...verified, duration_ms: context.now().getTime() - startedMs };
}

type Verified = Omit<JobResult<'db_verify'>, 'status' | 'duration_ms'>;

async function dbVerify(
  options: JobOptions<'db_verify'>,
  { store, s3Path, connection }: BackupStorage & Partial<DatabaseWithStorage>,
  { jobId, assertStillWanted }: JobMeans,
  context: JobContext,
): Promise<Verified> {
  const { db_name: dbName, db_env: dbEnv, backup_db_env: backupEnv = dbEnv } = options;
  const backup = await store.findBackup({ s3Path, dbName, dbEnv: backupEnv }, options.backup_id, context.signal);
  const verified = (): Promise<Verified> => verify(backup, store.bucket, context);
  if (connection === undefined) return verified();
  return recordDrill({ store, backup, jobId }, context, async () => ({
    ...(await verified()),
    drill: await drill({ options, backup, connection, jobId, assertStillWanted }, context),
  }));
}

/**
 * Touches no database: what a backup is worth is in the bucket.
 * @throws JobError BackupCorrupt with every problem that it found
 */
async function verify(backup: FoundBackup, bucket: string, context: JobContext): Promise<Verified> {
  const { signal } = context;
  const { backupId, prefix, manifest } = backup;
  context.log.info({ backup_id: backupId, prefix, stored_bytes: backup.storedBytes }, 'verifying begins');

  let read = 0;
  const { problems, ...found } = await verifyBackup(backup, {
    signal,
    onBytes: (bytes) => {
      read += bytes;
      context.moved();
      context.reportProgress({
        phase: 'verifying',
        bytes: read,
        ...(read <= backup.storedBytes && { of_bytes: backup.storedBytes }),
      });
    },
  });
  for (const problem of problems) context.log.error({ backup_id: backupId }, problem);
  if (problems.length > 0) throw corrupt(`s3://${bucket}/${prefix}/`, problems);
  return {
    backup_id: backupId,
    objects: found.objects,
    stored_bytes: found.storedBytes,
    bytes: found.bytes,
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    incomplete_count: manifest.incomplete.length,
  };
}

function corrupt(uri: string, problems: readonly string[]): JobError {
  const [first = '', ...others] = problems;
  const all = others.length === 0 ? first : problems.map((problem, i) => `(${i + 1}) ${problem}`).join(' ');
  return new JobError(
    'BackupCorrupt',
    `The backup ${uri} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}. ` +
      `Order db_backup now, and restore from another backup. ${all}`,
  );
}

function dryRun({ backup_id }: JobOptions<'db_verify'>, context: JobContext): Verified {
  context.log.info('dry run: neither MySQL nor S3 is touched');
  return { backup_id, objects: 0, stored_bytes: 0, bytes: 0, tables: 0, rows: 0, incomplete_count: 0 };
}
