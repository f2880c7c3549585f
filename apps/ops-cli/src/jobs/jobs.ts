import type { JobProgress, JobRequest } from '@serverless-ops/job-schemas';

/** A job as `GET /jobs/{id}` shows it. */
export interface JobStatus {
  readonly id: string;
  readonly state: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
  readonly job_name?: string;
  readonly started_at: string;
  readonly stopped_at?: string;
  readonly progress?: JobProgress;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: string; readonly cause?: string };
}

/** What it takes to stop a job. */
export type StoppableJob = Pick<JobStatus, 'id' | 'job_name'>;

/** The jobs of an installation. Everything throws `AwsRefusedError` when AWS, or the door of the jobs, refuses. */
export interface Jobs {
  /**
   * Starts a job, at the door that the API uses, too. The id is one that no other job has.
   * @throws OrderUnknownError when no answer says whether the job was started
   */
  order(order: JobRequest, id: string): Promise<void>;
  status(id: string): Promise<JobStatus>;
  /** Asks the job to stop; it ends soon after. Its status says whether it had ended before. */
  stop(job: StoppableJob): Promise<void>;
}
