import { paginateListTasks, StopTaskCommand } from '@aws-sdk/client-ecs';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand } from '@aws-sdk/client-sns';
import type { TaskWatcherConfig } from './config.ts';
import { describeEnd } from './describe-end.ts';
import type { TaskWatcherClients } from './task-watcher-clients.ts';

/** What an event says of an execution; its name is the job's id, which its containers carry as `startedBy`. */
export interface EndedExecution {
  readonly executionArn: string;
  readonly name: string;
}

/** Stops what an execution that did not succeed left running, and tells the topic what its own states could not. */
export async function onExecutionEnded(
  { executionArn, name }: EndedExecution,
  config: TaskWatcherConfig,
  { ecs, sfn, sns }: TaskWatcherClients,
): Promise<void> {
  await stopTasks(name, config, ecs);
  const message = describeEnd(name, await sfn.send(new DescribeExecutionCommand({ executionArn })));
  if (message === undefined) return;
  await sns.send(
    new PublishCommand({
      TopicArn: config.topicArn,
      Subject: `${message.job_name} failed`,
      Message: JSON.stringify(message),
    }),
  );
}

async function stopTasks(jobId: string, { cluster }: TaskWatcherConfig, ecs: TaskWatcherClients['ecs']): Promise<void> {
  for await (const { taskArns = [] } of paginateListTasks({ client: ecs }, { cluster, startedBy: jobId })) {
    for (const task of taskArns) {
      await ecs.send(new StopTaskCommand({ cluster, task, reason: `Job ${jobId} is over` }));
    }
  }
}
