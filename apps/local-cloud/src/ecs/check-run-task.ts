import { ECS_LIMITS } from '@serverless-ops/aws-limits';
import { AwsError } from '../endpoint/aws-error.ts';
import type { Cluster } from './clusters.ts';
import type { RunTaskRequest } from './run-task-request.ts';
import type { RegisteredTaskDefinition } from './task-definition.ts';

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

/** What a task runs on: Fargate, and the provider when it was asked for by one. */
export interface Capacity {
  launchType: 'FARGATE';
  capacityProviderName?: string | undefined;
}

/** Refuses what ECS refuses although its types are right, in ECS's words. */
export function checkRunTask(
  request: RunTaskRequest,
  definition: RegisteredTaskDefinition,
  cluster: Cluster,
): Capacity {
  const { runTaskOverridesCharacters } = ECS_LIMITS;
  if (JSON.stringify(request.overrides).length > runTaskOverridesCharacters) {
    throw invalid(`Container Overrides length must be at most ${runTaskOverridesCharacters}`);
  }
  const names = definition.containerDefinitions.map(({ name }) => name);
  const unknown = request.overrides.containerOverrides.find(({ name }) => !names.includes(name));
  if (unknown) throw invalid(`Override for container named ${unknown.name} is not a container in the TaskDefinition.`);
  const capacity = checkCapacity(request, definition, cluster);
  checkNetwork(request, definition);
  return capacity;
}

function checkCapacity(
  { launchType, capacityProviderStrategy }: RunTaskRequest,
  definition: RegisteredTaskDefinition,
  { capacityProviders, defaultCapacityProviderStrategy }: Cluster,
): Capacity {
  if (launchType && capacityProviderStrategy) {
    throw invalid(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    );
  }
  if (capacityProviderStrategy?.some(({ capacityProvider }) => !capacityProviders.includes(capacityProvider))) {
    throw invalid(
      'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the ' +
        'cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.',
    );
  }
  const strategy = capacityProviderStrategy ?? (launchType ? [] : defaultCapacityProviderStrategy);
  const provider = strategy.find(({ base, weight }) => base > 0 || weight > 0)?.capacityProvider;
  // Without any of them, ECS looks for EC2 instances in the cluster, which nothing here has.
  if (launchType !== 'FARGATE' && !provider?.startsWith('FARGATE'))
    throw invalid('No Container Instances were found in your cluster.');
  if (!definition.requiresCompatibilities.includes('FARGATE')) {
    throw invalid('Task definition does not support launch_type FARGATE.');
  }
  return { launchType: 'FARGATE', capacityProviderName: provider };
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
