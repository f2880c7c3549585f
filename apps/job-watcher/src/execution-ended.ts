import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand } from '@aws-sdk/client-sns';
import type { WatcherConfig } from './config.ts';
import { describeEnd } from './describe-end.ts';
import { stopTasksOf } from './stop-tasks.ts';
import { wasAnnounced } from './was-announced.ts';
import type { WatcherClients } from './watcher-clients.ts';

/** What an event says of an execution; its name is the id of the job. */
export interface EndedExecution {
  readonly executionArn: string;
  readonly name: string;
}

/**
 * Stops the tasks that an execution left running, and publishes how its job ended unless its own states have done so.
 * To publish is the last step, so that a second try after an error does not publish twice.
 */
export async function onExecutionEnded(
  { executionArn, name }: EndedExecution,
  config: WatcherConfig,
  { ecs, sfn, sns }: WatcherClients,
): Promise<void> {
  const stoppedTasks = await stopTasksOf(executionArn, config, ecs);
  if (await wasAnnounced(executionArn, sfn)) return;
  const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  const message = describeEnd(name, execution, stoppedTasks);
  await sns.send(
    new PublishCommand({
      TopicArn: config.topicArn,
      Subject: `${message.job_name} failed`,
      Message: JSON.stringify(message),
    }),
  );
}
