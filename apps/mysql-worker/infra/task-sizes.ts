import {
  JOB_KINDS,
  STANDARD_TASK_SIZE,
  WORKER_JOB_NAMES,
  type TaskSize,
  type WorkerJobName,
  type WorkerPurpose,
} from '@serverless-ops/job-schemas';
import type { MysqlWorkerSettings } from '@serverless-ops/settings';

/** What the task of a job is given: what the settings say of the job, or of all jobs, or else the default of its kind. */
export function sizeOfJob({ size, jobs }: MysqlWorkerSettings, job: WorkerJobName): TaskSize {
  return { ...JOB_KINDS[job].defaultSize, ...size, ...jobs[job]?.size };
}

/**
 * The size in the task definition of a purpose: that of its first kind of job, so that a task that is started by hand has
 * it, too. The workflow says for a job of another size what it is given.
 */
export function sizeOfFamily({ size }: MysqlWorkerSettings, purpose: WorkerPurpose): TaskSize {
  const first = WORKER_JOB_NAMES.find((job) => JOB_KINDS[job].purpose === purpose);
  return { ...(first ? JOB_KINDS[first].defaultSize : STANDARD_TASK_SIZE), ...size };
}
