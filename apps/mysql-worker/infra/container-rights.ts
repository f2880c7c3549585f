import type { OpsStack } from '@serverless-ops/cdk-kit';
import { Capability, LinuxParameters, type ContainerDefinitionOptions } from 'aws-cdk-lib/aws-ecs';
import type { WorkerPurpose } from './worker-roles.ts';

/** User and capabilities of a container. */
type ContainerRights = Pick<ContainerDefinitionOptions, 'user' | 'linuxParameters'>;

/**
 * What a container may do on its machine: nothing beyond reading and writing its own files. The init process passes
 * signals on to the worker and buries the children that scripts leave behind.
 */
export function containerRights(stack: OpsStack, purpose: WorkerPurpose): ContainerRights {
  const parameters = new LinuxParameters(stack, `${purpose}LinuxParameters`, { initProcessEnabled: true });
  parameters.dropCapabilities(Capability.ALL);
  return { linuxParameters: parameters };
}
