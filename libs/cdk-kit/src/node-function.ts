import { ArnFormat, type Duration } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  CfnFunction,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { createLogGroup } from './log-group.ts';
import type { OpsStack } from './ops-stack.ts';
import { createServiceRole } from './service-role.ts';

/** The network of a function that has to reach something in a VPC. */
export interface FunctionVpc {
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

export interface NodeFunctionProps {
  /** @default CloudFormation makes one */
  readonly functionName?: string;
  readonly description: string;
  /** Folder with the built bundle: `handler.mjs`, which exports `handler`. */
  readonly bundleFolder: string;
  readonly logGroupName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: Duration;
  /** @default 256 */
  readonly memoryMib?: number;
  /** @default none: it reaches AWS, and nothing in a VPC */
  readonly vpc?: FunctionVpc;
  /** Where Lambda puts an event that the function failed on three times. @default Lambda drops it */
  readonly deadLetterQueue?: IQueue;
  /** What it may do; writing its own log is added, and sending to the queue. */
  readonly statements: readonly PolicyStatement[];
}

/** One of our Lambda functions: Node 24 on arm64, a log group and a role of its own, no managed policies. */
export function createNodeFunction(stack: OpsStack, id: string, props: NodeFunctionProps): LambdaFunction {
  const logGroup = createLogGroup(stack, `${id}Logs`, props.logGroupName);
  const writeLog = new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  const { functionName, vpc, deadLetterQueue } = props;
  const created = new LambdaFunction(stack, id, {
    ...(functionName !== undefined && { functionName }),
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    // The bundler copies the project's package.json beside the bundle; nothing in a function reads it.
    code: Code.fromAsset(props.bundleFolder, { exclude: ['package.json'] }),
    handler: 'handler.handler',
    environment: { ...props.environment },
    memorySize: props.memoryMib ?? 256,
    timeout: props.timeout,
    ...(deadLetterQueue && { deadLetterQueue }),
    loggingFormat: LoggingFormat.JSON,
    logGroup,
    role: createServiceRole(stack, `${id}Role`, {
      service: 'lambda',
      description: props.description,
      statements: [...props.statements, writeLog, ...(vpc ? connectToVpc(stack) : [])],
    }),
  });
  // Subnets that only CloudFormation knows; CDK's own property wants constructs.
  if (vpc && created.node.defaultChild instanceof CfnFunction) {
    created.node.defaultChild.vpcConfig = { subnetIds: [...vpc.subnetIds], securityGroupIds: [vpc.securityGroupId] };
  }
  return created;
}

/** What Lambda needs to connect a function to a VPC. None of these actions knows a narrower resource. */
const VPC_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** Lambda makes the network interfaces under the function's role; the function's own code has no business with them. */
function connectToVpc(stack: OpsStack): PolicyStatement[] {
  const anyFunction = stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return [
    new PolicyStatement({ actions: VPC_ACTIONS, resources: ['*'] }),
    new PolicyStatement({
      effect: Effect.DENY,
      actions: VPC_ACTIONS,
      resources: ['*'],
      // Lambda sets this key for calls of the code, and not for its own.
      conditions: { ArnLike: { 'lambda:SourceFunctionArn': anyFunction } },
    }),
  ];
}
