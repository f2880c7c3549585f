import { AwsError } from '../endpoint/aws-error.ts';
import type { RunTaskRequest } from './run-task-request.ts';
import type { RegisteredTaskDefinition } from './task-definition.ts';

/** ECS counts the JSON of the overrides, formatting included. */
const MAX_OVERRIDES_CHARACTERS = 8192;

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

/** Refuses what ECS refuses although its types are right, in ECS's words. Returns the launch type. */
export function checkRunTask(request: RunTaskRequest, definition: RegisteredTaskDefinition): 'FARGATE' {
  if (JSON.stringify(request.overrides).length > MAX_OVERRIDES_CHARACTERS) {
    throw invalid(`Container Overrides length must be at most ${MAX_OVERRIDES_CHARACTERS}`);
  }
  const names = definition.containerDefinitions.map(({ name }) => name);
  const unknown = request.overrides.containerOverrides.find(({ name }) => !names.includes(name));
  if (unknown) throw invalid(`Override for container named ${unknown.name} is not a container in the TaskDefinition.`);
  checkCapacity(request, definition);
  checkNetwork(request, definition);
  return 'FARGATE';
}

function checkCapacity(request: RunTaskRequest, definition: RegisteredTaskDefinition): void {
  const { launchType, capacityProviderStrategy } = request;
  if (launchType && capacityProviderStrategy) {
    throw invalid(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    );
  }
  const onFargate = capacityProviderStrategy?.every(({ capacityProvider }) => capacityProvider.startsWith('FARGATE'));
  // Without either, ECS looks for EC2 instances in the cluster, which nothing here has.
  if (launchType !== 'FARGATE' && !onFargate) throw invalid('No Container Instances were found in your cluster.');
  if (!definition.requiresCompatibilities.includes('FARGATE')) {
    throw invalid('Task definition does not support launch_type FARGATE.');
  }
}

function checkNetwork({ networkConfiguration }: RunTaskRequest, { networkMode }: RegisteredTaskDefinition): void {
  if (networkMode !== 'awsvpc') return;
  if (!networkConfiguration) {
    throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  const { subnets, securityGroups } = networkConfiguration.awsvpcConfiguration;
  const noSubnet = subnets.find((id) => !/^subnet-[0-9a-f]{8,17}$/.test(id));
  if (noSubnet !== undefined) {
    throw invalid(`Error retrieving subnet information for [${noSubnet}]: The subnet ID '${noSubnet}' does not exist`);
  }
  const noGroup = securityGroups.find((id) => !/^sg-[0-9a-f]{8,17}$/.test(id));
  if (noGroup !== undefined) {
    throw invalid(
      `Error retrieving security group information for [${noGroup}]: The security group '${noGroup}' does not exist`,
    );
  }
}
