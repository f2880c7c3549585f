import {
  createDatabaseClientSecurityGroup,
  foundationSubnetIds,
  foundationValue,
  type FunctionVpc,
  type OpsStack,
} from '@serverless-ops/cdk-kit';
import { CfnSecurityGroup, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';

export type PasswordNetwork = FunctionVpc;

/** Where the function that changes passwords stands: in the subnets of the jobs, in a group of its own. */
export function createPasswordNetwork(stack: OpsStack): PasswordNetwork {
  const securityGroupId = createDatabaseClientSecurityGroup(
    stack,
    'ChangeSecurityGroup',
    `The function ${stack.names.passwordFunctions.change}`,
  );
  const network = { subnetIds: foundationSubnetIds(stack), securityGroupId };
  if (stack.settings.passwordChange.parameterStoreEndpoint) createParameterStoreEndpoint(stack, network);
  return network;
}

/**
 * A way to Parameter Store for subnets that have none for a function: in a public subnet a function gets no public
 * address. Paid for by the hour, so only where the settings ask for it.
 */
function createParameterStoreEndpoint(stack: OpsStack, { subnetIds, securityGroupId }: PasswordNetwork): void {
  const vpcId = foundationValue(stack, 'vpcId');
  const group = new CfnSecurityGroup(stack, 'ParameterStoreEndpointGroup', {
    groupDescription: `Parameter Store for ${stack.names.passwordFunctions.change}`,
    vpcId,
    securityGroupIngress: [
      {
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        sourceSecurityGroupId: securityGroupId,
        description: 'The function that changes passwords',
      },
    ],
  });
  new CfnVPCEndpoint(stack, 'ParameterStoreEndpoint', {
    vpcEndpointType: 'Interface',
    serviceName: `com.amazonaws.${stack.region}.ssm`,
    vpcId,
    subnetIds: [...subnetIds],
    securityGroupIds: [group.attrGroupId],
    privateDnsEnabled: true,
  });
}
