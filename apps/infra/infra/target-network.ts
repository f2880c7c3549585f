import type { OpsStack } from '@serverless-ops/cdk-kit';
import { GatewayVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';

/** The VPC that tasks run in, and its subnets that they run in. */
export interface TargetNetwork {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/** The network as the settings want it: given by its ids, looked up, or made. */
export function createTargetNetwork(stack: OpsStack): TargetNetwork {
  const { targetVpc } = stack.settings;
  switch (targetVpc.kind) {
    case 'given':
      return targetVpc;
    case 'lookup': {
      const { vpcId, tags, assignPublicIp } = targetVpc;
      const vpc = Vpc.fromLookup(stack, 'Vpc', { ...(vpcId !== undefined && { vpcId }), ...(tags && { tags }) });
      const subnetType = assignPublicIp ? SubnetType.PUBLIC : SubnetType.PRIVATE_WITH_EGRESS;
      return { vpcId: vpc.vpcId, subnetIds: vpc.selectSubnets({ subnetType }).subnetIds };
    }
    case 'create':
      return createVpc(stack);
  }
}

/**
 * Public subnets only: tasks get a public address, and no group lets anybody in. A NAT gateway or interface endpoints
 * would be paid for by the hour, between jobs too; the gateway endpoints keep uploads off the internet and are free.
 */
function createVpc(stack: OpsStack): TargetNetwork {
  const vpc = new Vpc(stack, 'Vpc', {
    vpcName: stack.settings.namePrefix,
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'tasks', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false }],
    gatewayEndpoints: {
      S3: { service: GatewayVpcEndpointAwsService.S3 },
      DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
    },
  });
  return { vpcId: vpc.vpcId, subnetIds: vpc.publicSubnets.map(({ subnetId }) => subnetId) };
}
