import { DescribeTasksCommand, type Task } from '@aws-sdk/client-ecs';
import { JobError } from '@serverless-ops/job-schemas';
import { ENVIRONMENT } from '@serverless-ops/names';
import { createTaskReporter, TaskTokenExpiredError } from '@serverless-ops/task-token';
import type { WatcherConfig } from './config.ts';
import { describeStop } from './describe-stop.ts';
import type { WatcherClients } from './watcher-clients.ts';

/**
 * Fails the job of a container that has stopped. A worker reports before it ends, so its token is closed by now and
 * this changes nothing, unless the worker never came to report.
 */
export async function onTaskStopped(
  taskArn: string,
  { cluster }: WatcherConfig,
  { ecs, sfn }: Pick<WatcherClients, 'ecs' | 'sfn'>,
): Promise<void> {
  // The event itself is not documented to carry the environment, and with it the token.
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [taskArn] }));
  for (const task of tasks) {
    const token = findToken(task);
    if (token !== undefined) await reportLost(task, token, sfn);
  }
}

async function reportLost(task: Task, token: string, sfn: WatcherClients['sfn']): Promise<void> {
  try {
    await createTaskReporter({ client: sfn, token }).failure(new JobError('WorkerLost', describeStop(task)));
  } catch (error) {
    if (!(error instanceof TaskTokenExpiredError)) throw error;
  }
}

/** A container that somebody started by hand may have none. */
function findToken({ overrides }: Task): string | undefined {
  return overrides?.containerOverrides
    ?.flatMap(({ environment = [] }) => environment)
    .find(({ name }) => name === ENVIRONMENT.taskToken)?.value;
}
