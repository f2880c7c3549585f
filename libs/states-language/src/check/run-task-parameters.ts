import { isObject, type Json } from '../json.ts';

/**
 * Parameters that Step Functions hands on to RunTask (Step Functions developer guide, "Manage Amazon ECS or Fargate
 * tasks"). CapacityProviderStrategy is not among them, although CDK's EcsRunTask renders it (aws/aws-cdk#35465).
 */
const SUPPORTED = new Set([
  'Cluster',
  'EnableExecuteCommand',
  'Group',
  'LaunchType',
  'NetworkConfiguration',
  'Overrides',
  'PlacementConstraints',
  'PlacementStrategy',
  'PlatformVersion',
  'PropagateTags',
  'TaskDefinition',
]);

/** "Task roles are not supported in overrides" (the same page). */
const UNSUPPORTED_IN_OVERRIDES = new Set(['TaskRoleArn', 'ExecutionRoleArn']);

/** Names of parameters that Step Functions does not support for `ecs:runTask`, without the `.$` of a path. */
export function unsupportedRunTaskParameters(parameters: Json | undefined): string[] {
  if (!isObject(parameters)) return [];
  const overrides = parameters['Overrides'];
  const named = (object: Json | undefined): string[] =>
    isObject(object) ? Object.keys(object).map((key) => key.replace(/\.\$$/, '')) : [];
  return [
    ...named(parameters).filter((name) => !SUPPORTED.has(name)),
    ...named(overrides)
      .filter((name) => UNSUPPORTED_IN_OVERRIDES.has(name))
      .map((name) => `Overrides.${name}`),
  ];
}
