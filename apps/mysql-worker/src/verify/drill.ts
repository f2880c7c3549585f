import { createHash } from 'node:crypto';
import type { DrillResult, JobOptions } from '@serverless-ops/job-schemas';
import type { FoundBackup } from '@serverless-ops/object-store';
import type { ServerConnection } from '@serverless-ops/mysql-connect';
import { drillBackup } from '@serverless-ops/mysql-restore';
import type { JobContext } from '../job-context.ts';
import type { JobMeans } from '../job-means.ts';
import { restoreProgress } from '../restore/restore-progress.ts';

/** What a drill needs beside its order. */
export interface Drill extends Pick<JobMeans, 'jobId' | 'assertStillWanted'> {
  readonly options: JobOptions<'db_verify'>;
  readonly backup: FoundBackup;
  readonly connection: ServerConnection;
}

/**
 * Name of the database that drills of one database and environment use. Only drills have such names, so that an account can
 * have rights on all of them: `serverlessops\_drill\_%`.
 */
function drillDatabase(dbName: string, dbEnv: string): string {
  return `serverlessops_drill_${createHash('sha256').update(`${dbName}/${dbEnv}`).digest('hex').slice(0, 12)}`;
}

/**
 * Restores the backup into a database of its own, compares and drops it, and measures how long the restore took.
 * @throws JobError what `drillBackup` throws
 */
export async function drill(
  { options, backup, connection, jobId, assertStillWanted }: Drill,
  context: JobContext,
): Promise<DrillResult> {
  const { backup_id: backupId, db_name: dbName, db_env: dbEnv = '' } = backup.manifest;
  const database = drillDatabase(dbName, dbEnv);
  const said = { backup_id: backupId, backup_of: `${dbName}/${dbEnv}`, target: database, host: connection.host };
  const progress = restoreProgress(() => context.now().getTime());
  const startedMs = context.now().getTime();
  let recoveryMs = 0;
  context.log.info(said, 'the drill begins');
  const report = await drillBackup({
    ...{ backup, connection, database, jobId, parallelism: options.parallelism },
    signal: context.signal,
    onStart: async ({ cutOff, warnings }) => {
      await assertStillWanted();
      if (cutOff) context.log.warn({ ...said, cut_off_job: cutOff.jobId }, 'removing what another drill left behind');
      for (const warning of warnings) context.log.warn({ warning }, 'what a reader of the drill should know');
    },
    onProgress: (done) => {
      context.moved();
      context.reportProgress(progress(done));
    },
    onRestored: () => void (recoveryMs = context.now().getTime() - startedMs),
  });
  context.log.info({ ...said, recovery_ms: recoveryMs }, 'the backup came back, and its database is dropped');
  return {
    recovery_ms: recoveryMs,
    rows: report.rows,
    tables: report.tables,
    compared_tables: report.comparedTables,
    warning_count: report.warnings.length,
  };
}
