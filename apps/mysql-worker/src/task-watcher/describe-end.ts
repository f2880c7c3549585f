import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { jobRequestSchema, type ErrorCode } from '@serverless-ops/job-schemas';

/** The notification of a failed job, as the workflow's own states send it. */
export interface FailureMessage {
  readonly job_id: string;
  readonly job_name: string;
  readonly database: string;
  readonly outcome: 'failed';
  readonly error: string;
  readonly cause: string;
}

/** What to tell about an execution that failed; undefined when its own states have told it. */
export function describeEnd(jobId: string, execution: DescribeExecutionOutput): FailureMessage | undefined {
  const failure = describeFailure(execution);
  return failure && { job_id: jobId, ...describeJob(execution.input), outcome: 'failed', ...failure };
}

function describeFailure({
  status,
  error,
  cause,
}: DescribeExecutionOutput): { error: string; cause: string } | undefined {
  switch (status) {
    case 'ABORTED':
      return {
        error: error ?? ('Stopped' satisfies ErrorCode),
        cause: cause ?? 'The execution was stopped from outside, and its container with it. Nothing of the job counts.',
      };
    case 'TIMED_OUT':
      return {
        error: 'WorkerLost' satisfies ErrorCode,
        cause:
          'The execution, with all its attempts, took longer than it may. Its container is stopped. Read the log of the job.',
      };
    case 'FAILED':
      // Errors of Step Functions itself: those that no state can catch end the execution before it has told anybody.
      return error?.startsWith('States.') === true
        ? { error, cause: `${cause ?? 'Step Functions gives no reason.'} Report it with the input of this execution.` }
        : undefined;
    default:
      return undefined;
  }
}

/** Nothing of an input that is no valid request is repeated. */
function describeJob(input: string | undefined): Pick<FailureMessage, 'job_name' | 'database'> {
  const { success, data } = jobRequestSchema.safeParse(JSON.parse(input ?? 'null'));
  if (!success) return { job_name: 'unknown', database: 'none' };
  const { db_name: dbName, db_env: dbEnv } = data.job_options;
  return { job_name: data.job_name, database: dbName && dbEnv ? `${dbName}/${dbEnv}` : 'none' };
}
