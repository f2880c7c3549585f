import {
  createDatabaseClientSecurityGroup,
  foundationSubnetIds,
  foundationValue,
  type FunctionVpc,
  type OpsStack,
} from '@serverless-ops/cdk-kit';
import { Annotations, Fn } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';

/** The network of our functions, and how they reach Parameter Store from there. */
export interface PasswordNetwork extends FunctionVpc {
  /** Absent: by the address that everybody uses. */
  readonly parameterStoreUrl?: string;
}

/** The network of the function that changes passwords: in the subnets of the jobs, in a group of its own. */
export function createPasswordNetwork(stack: OpsStack): PasswordNetwork {
  const securityGroupId = createDatabaseClientSecurityGroup(
    stack,
    'ChangeSecurityGroup',
    `The function ${stack.names.passwordFunctions.change}`,
  );
  const network = { subnetIds: foundationSubnetIds(stack), securityGroupId };
  if (!stack.settings.passwordChange.parameterStoreEndpoint) {
    warnWithoutWay(stack);
    return network;
  }
  return { ...network, parameterStoreUrl: createParameterStoreEndpoint(stack, network) };
}

/**
 * A way to Parameter Store for subnets that have none for a function: in a public subnet a function gets no public
 * address. Paid for by the hour, so only where the settings ask for it. It has a name of its own: under the usual one it
 * would take the calls of everybody else in the VPC, too.
 *
 * @returns its URL
 */
function createParameterStoreEndpoint(stack: OpsStack, { subnetIds, securityGroupId }: FunctionVpc): string {
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
  const endpoint = new CfnVPCEndpoint(stack, 'ParameterStoreEndpoint', {
    vpcEndpointType: 'Interface',
    serviceName: `com.amazonaws.${stack.region}.ssm`,
    vpcId,
    subnetIds: [...subnetIds],
    securityGroupIds: [group.attrGroupId],
    privateDnsEnabled: false,
  });
  // Each entry is the id of a hosted zone, a colon and a name; the first one's name is good in every availability zone.
  return Fn.join('', ['https://', Fn.select(1, Fn.split(':', Fn.select(0, endpoint.attrDnsEntries)))]);
}

/** Public subnets give a function no way to Parameter Store, so each change of a password would end in a time-out. */
function warnWithoutWay(stack: OpsStack): void {
  const { targetVpc } = stack.settings;
  const inPublicSubnets = targetVpc.kind === 'create' || targetVpc.assignPublicIp;
  if (!inPublicSubnets) return;
  Annotations.of(stack).addWarningV2(
    'serverless-ops:passwordChangeWithoutWay',
    'password_change will not work: its function is in public subnets, where it cannot reach Parameter Store. Set ' +
      'tasks.lambda.password_change.parameter_store_endpoint in settings.yml (paid for by the hour), or choose subnets with ' +
      'a NAT gateway. Everything else works.',
  );
}
