import { type Account, arnOf } from '../endpoint/account.ts';
import type { Json, JsonObject } from '../endpoint/service.ts';
import type { Permission } from '../iam/permission.ts';
import type { Clusters } from './clusters.ts';
import type { TaskDefinitions } from './task-definitions.ts';
import { type TaskRoles, taskRoles } from './task-roles.ts';
import type { Tasks } from './tasks.ts';

interface EcsResources {
  account: Account;
  clusters: Clusters;
  definitions: TaskDefinitions;
  tasks: Tasks;
}

/** What a role needs for a call of ECS. */
export function ecsPermissions(resources: EcsResources, action: string, input: JsonObject): Permission[] {
  const clusterArn = resources.clusters.arnOf(asText(input['cluster']) ?? 'default');
  const ofCluster = (resource: string): Permission => ({
    action: `ecs:${action}`,
    resource,
    conditionKeys: { 'ecs:cluster': [clusterArn] },
  });
  switch (action) {
    case 'RunTask': {
      const reference = asText(input['taskDefinition']) ?? '';
      const definition = resources.definitions.find(reference);
      const arn = definition?.taskDefinitionArn ?? arnOf(resources.account, 'ecs', `task-definition/${reference}`);
      const { taskRoleArn, executionRoleArn } = taskRoles(definition ?? {}, overriddenRoles(input['overrides']));
      const roles = [taskRoleArn, executionRoleArn].filter((role) => role !== undefined);
      return [ofCluster(arn), ...roles.map(passRole)];
    }
    case 'DescribeTasks':
    case 'StopTask': {
      const references = [input['task'], input['tasks']].flat().filter((each) => typeof each === 'string');
      return references.map((reference) => ofCluster(resources.tasks.arnOf(clusterArn, reference)));
    }
    case 'DescribeClusters': {
      const references = [input['clusters'] ?? 'default'].flat().filter((each) => typeof each === 'string');
      return references.map((each) => ({ action: 'ecs:DescribeClusters', resource: resources.clusters.arnOf(each) }));
    }
    case 'ListTasks':
      return [ofCluster('*')];
    default:
      return [{ action: `ecs:${action}`, resource: '*' }];
  }
}

/** The caller that starts a task passes its roles to ECS. */
const passRole = (roleArn: string): Permission => ({
  action: 'iam:PassRole',
  resource: roleArn,
  conditionKeys: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] },
});

/** As the request has them: rights are looked at before its types are. */
function overriddenRoles(overrides: Json | undefined): TaskRoles {
  if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides)) return {};
  return { taskRoleArn: asText(overrides['taskRoleArn']), executionRoleArn: asText(overrides['executionRoleArn']) };
}

const asText = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
