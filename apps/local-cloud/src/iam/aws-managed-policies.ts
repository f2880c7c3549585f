import type { JsonObject } from '../endpoint/service.ts';

const logWriting = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** What the managed policies of AWS allow that templates like to use, as far as this cloud asks for it. */
const ALLOWED_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': logWriting,
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    ...logWriting,
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  'service-role/AmazonECSTaskExecutionRolePolicy': [
    'ecr:GetAuthorizationToken',
    'ecr:BatchCheckLayerAvailability',
    'ecr:GetDownloadUrlForLayer',
    'ecr:BatchGetImage',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ],
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': [
    ...logWriting,
    'logs:DescribeLogGroups',
    'logs:DescribeLogStreams',
  ],
};

/** The document of a policy that AWS manages, or undefined where this cloud does not know it. */
export function findAwsManagedPolicy(arn: string): JsonObject | undefined {
  const actions = ALLOWED_ACTIONS[/^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1] ?? ''];
  return actions && { Statement: [{ Effect: 'Allow', Action: [...actions], Resource: '*' }] };
}
