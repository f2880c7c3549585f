import { foundationSubnetIds, type OpsStack } from '@serverless-ops/cdk-kit';
import { Fn } from 'aws-cdk-lib';

/** The network of the worker's containers. */
export interface WorkerNetwork {
  /** Comma-separated. */
  readonly subnetIds: string;
  readonly securityGroupId: string;
  /** Whether a container needs a public address to reach AWS: in public subnets it does. */
  readonly assignPublicIp: boolean;
}

/** The subnets of Foundation, and whether they are public ones. */
export function workerNetwork(stack: OpsStack, securityGroupId: string): WorkerNetwork {
  const { targetVpc } = stack.settings;
  return {
    subnetIds: Fn.join(',', foundationSubnetIds(stack)),
    securityGroupId,
    assignPublicIp: targetVpc.kind === 'create' || targetVpc.assignPublicIp,
  };
}
