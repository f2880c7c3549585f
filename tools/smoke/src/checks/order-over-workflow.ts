import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Check } from '../check.ts';
import { executionArn, executionEnds, EXECUTION_ACTIONS, jobFailed, stopAtTheEnd } from '../executions.ts';

export const orderOverWorkflow: Check = {
  what: 'A dry run that is started as an execution of the workflow succeeds',
  actions: ['states:StartExecution', ...EXECUTION_ACTIONS],
  async perform(scene) {
    const jobId = `${scene.run}-workflow`;
    const arn = executionArn(scene, jobId);
    stopAtTheEnd(scene, arn);
    await scene.aws.sfn.send(
      new StartExecutionCommand({
        stateMachineArn: scene.output('StateMachineArn'),
        name: jobId,
        input: JSON.stringify(scene.dryRun),
      }),
    );
    const {
      status = '',
      error = 'no code',
      cause = 'Step Functions names no cause.',
    } = await executionEnds(scene, arn);
    if (status !== 'SUCCEEDED') throw jobFailed(jobId, status, { code: error, cause });
    scene.endedJobId ??= jobId;
    return `execution ${jobId}`;
  },
};
