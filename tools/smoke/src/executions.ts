import {
  DescribeExecutionCommand,
  StopExecutionCommand,
  type DescribeExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import { CheckFailedError } from './errors.ts';
import type { Scene } from './scene.ts';
import { until } from './until.ts';

/** A dry run may take this long, in ms. A Fargate task is running within two minutes; the dry run itself takes seconds. */
export const JOB_TIMEOUT_MS = 5 * 60_000;

/** IAM actions of {@link executionEnds} and {@link stopAtTheEnd}. */
export const EXECUTION_ACTIONS = ['states:DescribeExecution', 'states:StopExecution'] as const;

/** ARN of the execution of a job of the worker. */
export function executionArn(scene: Scene, jobId: string): string {
  return `${scene.output('StateMachineArn').replace(':stateMachine:', ':execution:')}:${jobId}`;
}

/** Stops the execution at the end if it still runs. */
export function stopAtTheEnd(scene: Scene, arn: string): void {
  scene.leftovers.add({
    what: `the execution ${arn}`,
    async remove() {
      try {
        const { status } = await scene.aws.sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
        if (status !== 'RUNNING') return;
        await scene.aws.sfn.send(new StopExecutionCommand({ executionArn: arn, cause: 'The smoke test has ended.' }));
      } catch (error) {
        if ((error as Error).name !== 'ExecutionDoesNotExist') throw error;
      }
    },
  });
}

/** Waits until the execution has ended, however it did. */
export function executionEnds(scene: Scene, arn: string): Promise<DescribeExecutionCommandOutput> {
  const wait = {
    timeoutMs: JOB_TIMEOUT_MS,
    why: `The execution ${arn} still runs after ${JOB_TIMEOUT_MS / 60_000} minutes.`,
    next: 'Open it in the Step Functions console: its events say what it waits for.',
    signal: scene.signal,
  };
  return until(wait, async () => {
    const execution = await scene.aws.sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
    return execution.status === 'RUNNING' ? undefined : execution;
  });
}

/** What a failed dry run means, and what to do about it. */
export function jobFailed(jobId: string, state: string, error: { code: string; cause: string }): CheckFailedError {
  const { code, cause } = error;
  const limited =
    code === 'AccessDenied'
      ? ' If settings.yml limits tasks.fargate.mysql_worker.jobs.db_backup.databases, jobs cannot read the database of this test.'
      : '';
  return new CheckFailedError(
    `The job ${jobId} ended as ${state} with ${code}: ${cause}${limited}`,
    `Read its log: it has job_id "${jobId}".`,
  );
}
