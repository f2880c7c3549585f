import {
  DescribeTasksCommand,
  paginateListTasks,
  StopTaskCommand,
  type ECSClient,
  type Task,
} from '@aws-sdk/client-ecs';
import { ENVIRONMENT } from '@serverless-ops/names';
import type { WatcherConfig } from './config.ts';

/**
 * Stops the tasks that an execution started and that still run. ECS cannot list them by execution: `startedBy` is not
 * among the parameters that Step Functions supports. So each running task of the job families says in its environment
 * which execution it belongs to.
 *
 * @returns how many it stopped
 */
export async function stopTasksOf(executionArn: string, config: WatcherConfig, ecs: ECSClient): Promise<number> {
  const { cluster, taskFamilies } = config;
  let stopped = 0;
  for (const family of taskFamilies) {
    for await (const { taskArns = [] } of paginateListTasks({ client: ecs }, { cluster, family })) {
      // DescribeTasks takes 100 tasks, and a page of ListTasks has at most 100.
      const { tasks = [] } =
        taskArns.length > 0 ? await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns })) : {};
      for (const { taskArn } of tasks.filter((task) => belongsTo(task, executionArn))) {
        await ecs.send(new StopTaskCommand({ cluster, task: taskArn, reason: `Execution ${executionArn} has ended` }));
        stopped += 1;
      }
    }
  }
  return stopped;
}

function belongsTo({ overrides }: Task, executionArn: string): boolean {
  const variables = overrides?.containerOverrides?.flatMap(({ environment = [] }) => environment) ?? [];
  return variables.some(({ name, value }) => name === ENVIRONMENT.executionArn && value === executionArn);
}
