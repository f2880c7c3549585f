import { GetExecutionHistoryCommand, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import type { Check } from '../check.ts';
import { CheckFailedError } from '../errors.ts';
import {
  executionArn,
  executionEnds,
  EXECUTION_ACTIONS,
  JOB_TIMEOUT_MS,
  jobFailed,
  stopAtTheEnd,
} from '../executions.ts';
import type { Scene } from '../scene.ts';
import { TASK_ACTIONS, taskStops } from '../tasks.ts';
import { until } from '../until.ts';

/** A dry run can be over before it is stopped, where a container starts at once. It is tried this often. */
const ATTEMPTS = 3;

const submittedSchema = z.object({ Tasks: z.array(z.object({ TaskArn: z.string() })).min(1) });

export const stopJob: Check = {
  what: 'A job whose execution is stopped ends as ABORTED, and its task stops',
  actions: [
    'states:StartExecution',
    'states:GetExecutionHistory',
    ...EXECUTION_ACTIONS,
    ...TASK_ACTIONS,
    'apigateway:GET',
  ],
  async perform(scene) {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const stopped = await startAndStop(scene, `${scene.run}-stop-${attempt}`);
      if (stopped !== undefined) return stopped;
    }
    throw new CheckFailedError(
      `${ATTEMPTS} dry runs were over before their execution could be stopped.`,
      'Run the smoke test again.',
    );
  },
};

/** Undefined: the job was over before it was stopped. */
async function startAndStop(scene: Scene, jobId: string): Promise<string | undefined> {
  const arn = executionArn(scene, jobId);
  stopAtTheEnd(scene, arn);
  const stateMachineArn = scene.output('StateMachineArn');
  await scene.aws.sfn.send(
    new StartExecutionCommand({ stateMachineArn, name: jobId, input: JSON.stringify(scene.dryRun) }),
  );
  const taskArn = await startedTask(scene, arn);
  await scene.aws.sfn.send(new StopExecutionCommand({ executionArn: arn, cause: 'The smoke test stops this job.' }));
  const { status = '', error = 'no code', cause = 'Step Functions names no cause.' } = await executionEnds(scene, arn);
  if (status === 'SUCCEEDED') return undefined;
  if (status !== 'ABORTED' || taskArn === undefined) throw jobFailed(jobId, status, { code: error, cause });
  const { state } = await (await scene.api()).find(jobId);
  if (state !== 'ABORTED') {
    throw new CheckFailedError(
      `GET /jobs/${jobId} shows ${state}, not ABORTED.`,
      'Deploy the API again: npx nx run api-contract:deploy',
    );
  }
  const { stopCode, stoppedReason } = await taskStops(scene, taskArn);
  return `execution ${jobId}, ${stopCode}: ${stoppedReason}`;
}

/** The task of an execution, as soon as ECS has accepted it. Undefined: the execution ended without one. */
function startedTask(scene: Scene, arn: string): Promise<string | undefined> {
  const wait = {
    timeoutMs: JOB_TIMEOUT_MS,
    why: `The execution ${arn} started no task in ${JOB_TIMEOUT_MS / 60_000} minutes.`,
    next: 'Open it in the Step Functions console: its events say what it waits for.',
    signal: scene.signal,
  };
  return until(wait, async () => {
    const { events = [] } = await scene.aws.sfn.send(new GetExecutionHistoryCommand({ executionArn: arn }));
    const output = events.find(({ type }) => type === 'TaskSubmitted')?.taskSubmittedEventDetails?.output;
    if (output !== undefined) return { taskArn: submittedSchema.parse(JSON.parse(output)).Tasks[0]?.TaskArn };
    const isOver = events.some(({ type }) => /^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(type ?? ''));
    return isOver ? { taskArn: undefined } : undefined;
  }).then(({ taskArn }) => taskArn);
}
