import { parameterArn, parameterNameOf } from '@serverless-ops/ssm-server';
import { type Account, arnOf } from '../endpoint/account.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Roles } from '../iam/roles.ts';
import type { LogStore } from '../logs/log-store.ts';
import type { Task } from './task.ts';
import type { ContainerDefinition } from './task-definition.ts';
import { type TaskRoles, taskRoles } from './task-roles.ts';

export interface ExecutionRoleOptions {
  account: Account;
  authorize: Authorize;
  roles: Roles;
  logs: LogStore;
  findParameter: (name: string) => string | undefined;
}

/** Throws what ECS says at RunTask when it may not use the roles of a task. */
export const checkRoles =
  ({ roles }: Pick<ExecutionRoleOptions, 'roles'>) =>
  ({ taskRoleArn, executionRoleArn }: TaskRoles): void => {
    for (const roleArn of [taskRoleArn, executionRoleArn]) {
      if (roleArn === undefined || roles.trusts(roleArn, 'ecs-tasks.amazonaws.com', { sendsAccount: true })) continue;
      throw new AwsError(
        'ClientException',
        `ECS was unable to assume the role '${roleArn}' that was provided for this task. Please verify that the role ` +
          'being passed has the proper trust relationship and permissions and that your IAM user has permissions to ' +
          'pass this role.',
      );
    }
  };

/**
 * What ECS does as the execution role before a container starts: sets up its log stream and reads its secrets, which
 * are returned as environment variables. Throws the reason of a task that could not start.
 */
export function prepareAsExecutionRole(
  options: ExecutionRoleOptions,
  task: Task,
  container: ContainerDefinition,
): Record<string, string> {
  const { executionRoleArn: roleArn } = taskRoles(task.definition, task.overrides);
  const mayAsRole = (action: string, resource: string): void => {
    if (roleArn === undefined) throw new Error('the task definition has no execution role');
    options.authorize({ kind: 'role', roleArn, sessionName: task.id }, { action, resource });
  };
  try {
    createLogStream(options, task, container, mayAsRole);
    return Object.fromEntries(
      container.secrets.map(({ name, valueFrom }) => {
        const parameter = parameterNameOf(valueFrom);
        mayAsRole('ssm:GetParameters', parameterArn(options.account, parameter));
        const value = options.findParameter(parameter);
        if (value === undefined) throw new Error(`invalid ssm parameters: ${parameter}`);
        return [name, value];
      }),
    );
  } catch (error) {
    throw new Error(`ResourceInitializationError: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** The stream is there from the start, also for a container that writes nothing. */
function createLogStream(
  { account, logs }: ExecutionRoleOptions,
  task: Task,
  { name, logConfiguration }: ContainerDefinition,
  mayAsRole: (action: string, resource: string) => void,
): void {
  if (logConfiguration?.logDriver !== 'awslogs') return;
  const { 'awslogs-group': group = '', 'awslogs-stream-prefix': prefix = '' } = logConfiguration.options;
  const stream = `${prefix}/${name}/${task.id}`;
  const streamArn = arnOf(account, 'logs', `log-group:${group}:log-stream:${stream}`);
  for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) mayAsRole(action, streamArn);
  try {
    logs.createStream(group, stream);
  } catch (error) {
    const why = error instanceof AwsError ? `${error.code}: ${error.message}` : String(error);
    const what = `failed to validate logger args: failed to create Cloudwatch log stream in ${group}`;
    throw new Error(`${what}: ${why}`, { cause: error });
  }
}
