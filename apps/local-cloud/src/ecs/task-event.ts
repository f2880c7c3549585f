import type { BusEvent, JsonObject } from '../endpoint/service.ts';
import { asIsoText, describeTask, type Task } from './task.ts';

/** The event that ECS puts on the bus when a task has changed. */
export function taskStateChange(task: Task, now: Date): BusEvent {
  const { containers, ...described } = describeTask(task, asIsoText);
  const detail = {
    ...described,
    containers: containers.map((container) => ({ ...container, healthStatus: undefined })),
    // Whether AWS's events carry the environment of overrides is not documented: nothing may rely on it here.
    overrides: { containerOverrides: task.overrides.containerOverrides.map(({ name }) => ({ name })) },
    updatedAt: asIsoText(now),
  };
  return {
    source: 'aws.ecs',
    'detail-type': 'ECS Task State Change',
    resources: [task.taskArn],
    detail: JSON.parse(JSON.stringify(detail)) as JsonObject,
  };
}
