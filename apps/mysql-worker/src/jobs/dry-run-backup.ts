import { setTimeout as delay } from 'node:timers/promises';
import type { JobOptions, JobResult } from '@serverless-ops/job-schemas';
import { backupPrefix, newBackupId } from '@serverless-ops/object-store';
import type { WorkerEnvironment } from '../config.ts';
import type { JobContext } from '../job-context.ts';

/** Long enough to be seen running in a console or by a status call. */
const DRY_RUN_STEP_MS = 200;

/** Takes every step of a backup, and touches neither MySQL nor S3. */
export async function dryRunBackup(
  options: JobOptions<'db_backup'>,
  given: WorkerEnvironment['given'],
  context: JobContext,
): Promise<JobResult<'db_backup'>> {
  const startedAt = context.now();
  const backupId = newBackupId(startedAt);
  const steps = 5;
  for (let step = 1; step <= steps; step++) {
    context.reportProgress({ phase: 'dumping', bytes: step, of_bytes: steps });
    context.log.info({ step, of: steps }, 'dry run: neither MySQL nor S3 is touched');
    await delay(DRY_RUN_STEP_MS, undefined, { signal: context.signal });
  }
  const { s3_bucket: bucket = 'dry-run', s3_path: s3Path = 'dry-run' } = given;
  const prefix = backupPrefix({ s3Path, dbName: options.db_name, dbEnv: options.db_env, backupId });
  return {
    status: 'job complete',
    backup_id: backupId,
    s3_uri: `s3://${bucket}/${prefix}/`,
    bytes: 0,
    stored_bytes: 0,
    rows: 0,
    tables: 0,
    consistency: 'dry-run',
    incomplete_count: 0,
    incomplete: [],
    duration_ms: context.now().getTime() - startedAt.getTime(),
  };
}
