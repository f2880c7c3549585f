import type { JobOptions, JobResult, WorkerJobName } from '@serverless-ops/job-schemas';
import type { WorkerEnvironment } from './config.ts';
import type { Databases } from './databases.ts';
import type { RunningJob } from './prune/running-jobs.ts';
import type { JobContext } from './job-context.ts';

/** What a job works with. */
export interface JobMeans {
  readonly databases: Databases;
  /** Settings that the caller gave in the container's environment. */
  readonly given: WorkerEnvironment['given'];
  /** Names the restore in the marker that its target has meanwhile. */
  readonly jobId: string;
  /** Databases, as `db_name/db_env`, whose contents a restore may remove. */
  readonly restoreAllowOverwrite: readonly string[];
  /** Throws when the result of the job is no longer wanted. A job asks right before it commits. */
  readonly assertStillWanted: () => Promise<void>;
  /** Other jobs of the workflow that have not ended; undefined when this one runs without it. */
  readonly runningJobs: () => Promise<RunningJob[] | undefined>;
}

/**
 * Does one kind of job.
 * @throws JobError
 */
export type PerformJob<Name extends WorkerJobName> = (
  options: JobOptions<Name>,
  means: JobMeans,
  context: JobContext,
) => Promise<JobResult<Name>>;
