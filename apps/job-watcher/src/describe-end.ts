import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { jobRequestSchema, type ErrorCode } from '@serverless-ops/job-schemas';
import { sentence } from './sentence.ts';

/** The notification of a failed job, as the workflow's own states send it. */
export interface FailureMessage {
  readonly job_id: string;
  readonly job_name: string;
  readonly database: string;
  readonly outcome: 'failed';
  readonly error: string;
  readonly cause: string;
}

interface Failure {
  readonly error: string;
  readonly cause: string;
}

/** What to publish about an execution that did not succeed. */
export function describeEnd(jobId: string, execution: DescribeExecutionOutput, stoppedTasks: number): FailureMessage {
  const failure = describeFailure(execution, stoppedTasks > 0 ? ' Its task is stopped.' : '');
  return { job_id: jobId, ...describeJob(execution.input), outcome: 'failed', ...failure };
}

function describeFailure({ status, error, cause }: DescribeExecutionOutput, taskStopped: string): Failure {
  switch (status) {
    case 'ABORTED':
      return {
        error: error ?? ('Stopped' satisfies ErrorCode),
        cause:
          cause ??
          `Somebody stopped the execution before the job was complete.${taskStopped} Order the job again if it is still wanted.`,
      };
    case 'TIMED_OUT':
      return {
        error: 'WorkerLost' satisfies ErrorCode,
        cause: `The execution took longer than its time limit, all attempts together.${taskStopped} Read the log of the job, then order it again.`,
      };
    default:
      return describeError({ error, cause });
  }
}

/** Our own error stays as it is. An error of Step Functions that no state could catch gets a code of our list. */
function describeError({ error, cause }: Pick<DescribeExecutionOutput, 'error' | 'cause'>): Failure {
  if (error !== undefined && !error.startsWith('States.')) return { error, cause: cause ?? 'No cause was given.' };
  return {
    error: 'InternalError' satisfies ErrorCode,
    cause:
      `Step Functions ended the execution with ${error ?? 'no error'}: ${sentence(cause ?? 'it gives no cause')} ` +
      'No state of a workflow can catch this error. Report it with the history of this execution.',
  };
}

/** Nothing of an input that is no valid request is repeated. */
function describeJob(input: string | undefined): Pick<FailureMessage, 'job_name' | 'database'> {
  const { success, data } = jobRequestSchema.safeParse(JSON.parse(input ?? 'null'));
  if (!success) return { job_name: 'unknown', database: 'none' };
  const { db_name: dbName, db_env: dbEnv } = data.job_options;
  return { job_name: data.job_name, database: dbName && dbEnv ? `${dbName}/${dbEnv}` : 'none' };
}
