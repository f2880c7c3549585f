import { createHash } from 'node:crypto';
import type { Account } from '../endpoint/account.ts';
import type { Json } from '../endpoint/service.ts';
import type { CreatedResource, ResourceHandler, ResourceHandlers } from './resource-handler.ts';

type Attributes = (id: string, request: Parameters<ResourceHandler>[0]) => Record<string, Json>;

/** Resources that say something to AWS but do nothing on one machine: prefix of their ids, and their attributes. */
const NETWORK: Readonly<Record<string, [idPrefix: string, attributes?: Attributes]>> = {
  'AWS::EC2::VPC': ['vpc-', (id, { properties }) => ({ VpcId: id, CidrBlock: properties['CidrBlock'] ?? '' })],
  'AWS::EC2::Subnet': [
    'subnet-',
    (id, { properties }) => ({ SubnetId: id, AvailabilityZone: properties['AvailabilityZone'] ?? '' }),
  ],
  'AWS::EC2::SecurityGroup': [
    'sg-',
    (id, { properties }) => ({ GroupId: id, Id: id, VpcId: properties['VpcId'] ?? '' }),
  ],
  'AWS::EC2::SecurityGroupEgress': ['sgr-', (id) => ({ Id: id })],
  'AWS::EC2::SecurityGroupIngress': ['sgr-', (id) => ({ Id: id })],
  'AWS::EC2::RouteTable': ['rtb-', (id) => ({ RouteTableId: id })],
  'AWS::EC2::SubnetRouteTableAssociation': ['rtbassoc-'],
  'AWS::EC2::Route': ['rt-'],
  'AWS::EC2::InternetGateway': ['igw-', (id) => ({ InternetGatewayId: id })],
  'AWS::EC2::VPCGatewayAttachment': ['igw-attach-'],
  'AWS::EC2::EIP': ['eip-', (id) => ({ AllocationId: id.replace('eip-', 'eipalloc-') })],
  'AWS::EC2::NatGateway': ['nat-', (id) => ({ NatGatewayId: id })],
  'AWS::EC2::VPCEndpoint': ['vpce-', (id) => ({ Id: id, DnsEntries: [`Z0LOCAL:${id}.vpce.local`] })],
  'AWS::EC2::FlowLog': ['fl-', (id) => ({ Id: id })],
};

/** Resources of which only the name or an ARN below this service and resource prefix is ever asked. */
const NAMED: Readonly<Record<string, [service: string, resourcePrefix: string, nameProperty: string]>> = {
  'AWS::CloudWatch::Alarm': ['cloudwatch', 'alarm:', 'AlarmName'],
  'AWS::CloudWatch::Dashboard': ['cloudwatch', 'dashboard/', 'DashboardName'],
  'AWS::Logs::MetricFilter': ['logs', 'metric-filter:', 'FilterName'],
  'AWS::Logs::QueryDefinition': ['logs', 'query-definition:', 'Name'],
  'AWS::ECS::ClusterCapacityProviderAssociations': ['ecs', 'cluster/', 'Cluster'],
  // Dead-letter queues: nothing on one machine is delivered in vain.
  'AWS::SQS::Queue': ['sqs', '', 'QueueName'],
  'AWS::SQS::QueuePolicy': ['sqs', 'policy/', 'Name'],
  'AWS::CDK::Metadata': ['cdk', 'metadata/', 'Name'],
};

/** Handlers of every resource type that is accepted although there is nothing to run. */
export function nothingToRun(account: Account): ResourceHandlers {
  const network = Object.entries(NETWORK).map(([type, [idPrefix, attributes]]): [string, ResourceHandler] => [
    type,
    (request) => {
      const id = idPrefix + idDigits(request.stackName, request.logicalId);
      return { ref: id, attributes: attributes?.(id, request) ?? {} };
    },
  ]);
  const named = Object.entries(NAMED).map(
    ([type, [service, resourcePrefix, nameProperty]]): [string, ResourceHandler] => [
      type,
      ({ properties, generatedName }): CreatedResource => {
        const name = properties[nameProperty];
        const ref = typeof name === 'string' ? name : generatedName;
        const arn = `arn:aws:${service}:${account.region}:${account.accountId}:${resourcePrefix}${ref}`;
        return { ref, attributes: { Arn: arn, [nameProperty]: ref } };
      },
    ],
  );
  return Object.fromEntries([...network, ...named]);
}

/** EC2 ids end in 17 hexadecimal digits. */
const idDigits = (stackName: string, logicalId: string): string =>
  createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, 17);
