import { DescribeTasksCommand, StopTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { JOB_TIMEOUT_MS } from './executions.ts';
import type { Scene } from './scene.ts';
import { until } from './until.ts';

/** IAM actions of {@link taskStops} and {@link stopTaskAtTheEnd}. */
export const TASK_ACTIONS = ['ecs:DescribeTasks', 'ecs:StopTask'] as const;

/** Waits until the task has stopped, however it did. */
export function taskStops(scene: Scene, taskArn: string): Promise<Task> {
  const wait = {
    timeoutMs: JOB_TIMEOUT_MS,
    why: `The task ${taskArn} has not stopped after ${JOB_TIMEOUT_MS / 60_000} minutes.`,
    next: 'Open it in the ECS console: its status and events say what it waits for, such as the image or an address.',
    signal: scene.signal,
  };
  return until(wait, async () => {
    const task = await findTask(scene, taskArn);
    return task?.lastStatus === 'STOPPED' ? task : undefined;
  });
}

/** Stops the task at the end if it still runs. */
export function stopTaskAtTheEnd(scene: Scene, taskArn: string): void {
  scene.leftovers.add({
    what: `the task ${taskArn}`,
    async remove() {
      const task = await findTask(scene, taskArn);
      if (task === undefined || task.desiredStatus === 'STOPPED') return;
      const reason = 'The smoke test has ended.';
      await scene.aws.ecs.send(new StopTaskCommand({ cluster: scene.output('ClusterName'), task: taskArn, reason }));
    },
  });
}

async function findTask(scene: Scene, taskArn: string): Promise<Task | undefined> {
  const cluster = scene.output('ClusterName');
  const { tasks: [task] = [] } = await scene.aws.ecs.send(new DescribeTasksCommand({ cluster, tasks: [taskArn] }));
  return task;
}
