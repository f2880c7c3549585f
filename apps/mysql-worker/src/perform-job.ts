import type { JobOptions, JobResult, WorkerJobName } from '@serverless-ops/job-schemas';
import type { WorkerEnvironment } from './config.ts';
import { createDatabases } from './databases.ts';
import type { JobContext } from './job-context.ts';
import type { JobMeans, PerformJob } from './job-means.ts';
import { performDbBackup } from './jobs/db-backup.ts';
import { performRunScript } from './jobs/run-script.ts';
import { performDbRestore } from './jobs/db-restore.ts';
import { performDbVerify } from './jobs/db-verify.ts';
import { performDbPrune } from './jobs/db-prune.ts';
import type { Outside } from './outside.ts';

/** How the worker does each kind of job that runs in it. */
const JOBS: { readonly [Name in WorkerJobName]: PerformJob<Name> } = {
  db_backup: performDbBackup,
  run_script: performRunScript,
  db_restore: performDbRestore,
  db_verify: performDbVerify,
  db_prune: performDbPrune,
};

/**
 * Performs one checked job.
 * @throws JobError
 */
export async function performJob<Name extends WorkerJobName>(
  job: { readonly job_name: Name; readonly job_options: JobOptions<Name> },
  environment: WorkerEnvironment,
  outside: Outside,
  context: JobContext,
): Promise<JobResult<Name>> {
  const means: JobMeans = {
    databases: createDatabases(environment, outside),
    given: environment.given,
    jobId: environment.jobId,
    restoreAllowOverwrite: environment.restoreAllowOverwrite,
    assertStillWanted: outside.assertStillWanted,
    runningJobs: outside.runningJobs,
  };
  return JOBS[job.job_name](job.job_options, means, context);
}
