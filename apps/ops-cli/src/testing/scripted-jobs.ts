import type { JobRequest } from '@serverless-ops/job-schemas';
import { AwsRefusedError } from '../errors.ts';
import type { Jobs, JobStatus } from '../jobs/jobs.ts';

type ScriptedStatus = Omit<JobStatus, 'id' | 'started_at'> | Error;

/** Jobs whose statuses are given, one for each time that somebody asks; the last stays. An error is thrown. */
export interface ScriptedJobs extends Jobs {
  readonly orders: readonly { readonly id: string; readonly order: JobRequest }[];
  /** `db_backup j1` */
  readonly stopped: readonly string[];
}

export function scriptedJobs(statuses: readonly ScriptedStatus[] = []): ScriptedJobs {
  const left = [...statuses];
  const orders: { id: string; order: JobRequest }[] = [];
  const stopped: string[] = [];
  return {
    orders,
    stopped,
    order: (order, id) => {
      orders.push({ id, order });
      return Promise.resolve();
    },
    status: (id) => {
      const status = left.length > 1 ? left.shift() : left[0];
      if (status === undefined) return Promise.reject(new AwsRefusedError('There is no such job. Check the id.'));
      return status instanceof Error
        ? Promise.reject(status)
        : Promise.resolve({ id, started_at: '2026-11-30T10:15:00.000Z', ...status });
    },
    stop: ({ id, job_name }) => {
      stopped.push(`${String(job_name)} ${id}`);
      return Promise.resolve();
    },
  };
}
