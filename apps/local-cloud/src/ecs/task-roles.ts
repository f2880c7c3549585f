import type { TaskOverride } from './run-task-request.ts';
import type { TaskDefinition } from './task-definition.ts';

/** The role of the containers of a task, and the one that ECS starts them with. */
export interface TaskRoles {
  readonly taskRoleArn?: string | undefined;
  readonly executionRoleArn?: string | undefined;
}

/** The roles that a task runs under: each that of its overrides, or else that of its definition. */
export function taskRoles(
  definition: Pick<TaskDefinition, keyof TaskRoles>,
  overrides: Pick<TaskOverride, keyof TaskRoles>,
): TaskRoles {
  return {
    taskRoleArn: overrides.taskRoleArn ?? definition.taskRoleArn,
    executionRoleArn: overrides.executionRoleArn ?? definition.executionRoleArn,
  };
}
