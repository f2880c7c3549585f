import { DescribeExecutionCommand, paginateListExecutions, type SFNClient } from '@aws-sdk/client-sfn';
import { JobError } from '@serverless-ops/job-schemas';
import * as z from 'zod';

const orderSchema = z.object({
  job_name: z.string(),
  job_options: z.object({
    db_name: z.string().optional(),
    db_env: z.string().optional(),
    backup_db_env: z.string().optional(),
    backup_id: z.string().optional(),
  }),
});

/** A job of the worker's workflow that has not ended. */
export interface RunningJob {
  readonly jobId: string;
  readonly startedAt: Date;
  readonly jobName: string;
  readonly options: z.output<typeof orderSchema>['job_options'];
}

/**
 * The jobs that run in the workflow of an execution, that one left out. An order that cannot be read is no job: its
 * execution fails at once.
 * @throws JobError AccessDenied, ServiceThrottled or ServiceUnreachable
 */
export async function listRunningJobs(client: SFNClient, executionArn: string): Promise<RunningJob[]> {
  const stateMachineArn = executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');
  const jobs: RunningJob[] = [];
  try {
    const pages = paginateListExecutions({ client }, { stateMachineArn, statusFilter: 'RUNNING' });
    for await (const { executions = [] } of pages) {
      for (const { executionArn: other, name: jobId, startDate: startedAt } of executions) {
        if (other === executionArn || jobId === undefined || startedAt === undefined) continue;
        const order = parseOrder((await client.send(new DescribeExecutionCommand({ executionArn: other }))).input);
        if (order) jobs.push({ jobId, startedAt, jobName: order.job_name, options: order.job_options });
      }
    }
  } catch (error) {
    throw unknown(error, stateMachineArn);
  }
  return jobs;
}

function parseOrder(input: string | undefined): z.output<typeof orderSchema> | undefined {
  try {
    return orderSchema.safeParse(JSON.parse(input ?? '')).data;
  } catch {
    return undefined;
  }
}

function unknown(error: unknown, stateMachineArn: string): JobError {
  const { name, message } = error as Error;
  const what = `The jobs that run in ${stateMachineArn} could not be listed (${name}: ${message}), and one of them may read a backup.`;
  if (name.startsWith('AccessDenied')) {
    const advice = `Allow the job's role states:ListExecutions on ${stateMachineArn}, and states:DescribeExecution on its executions.`;
    return new JobError('AccessDenied', `${what} ${advice}`, { cause: error });
  }
  const wasAnswered = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined;
  return new JobError(wasAnswered ? 'ServiceThrottled' : 'ServiceUnreachable', `${what} Order the job again.`, {
    cause: error,
  });
}
