import type { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { createLogGroup } from './log-group.ts';
import type { OpsStack } from './ops-stack.ts';
import { createServiceRole } from './service-role.ts';

export interface NodeFunctionProps {
  readonly description: string;
  /** Folder with the built bundle: `handler.mjs`, which exports `handler`. */
  readonly bundleFolder: string;
  readonly logGroupName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: Duration;
  /** What it may do; writing its own log is added. */
  readonly statements: readonly PolicyStatement[];
}

/** A Lambda function of ours: Node 24 on arm64, a log group and a role of its own, no managed policies. */
export function createNodeFunction(stack: OpsStack, id: string, props: NodeFunctionProps): LambdaFunction {
  const logGroup = createLogGroup(stack, `${id}Logs`, props.logGroupName);
  const writeLog = new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  return new LambdaFunction(stack, id, {
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    // The bundler copies the project's package.json beside the bundle; nothing in a function reads it.
    code: Code.fromAsset(props.bundleFolder, { exclude: ['package.json'] }),
    handler: 'handler.handler',
    environment: { ...props.environment },
    memorySize: 256,
    timeout: props.timeout,
    loggingFormat: LoggingFormat.JSON,
    logGroup,
    role: createServiceRole(stack, `${id}Role`, {
      service: 'lambda',
      description: props.description,
      statements: [...props.statements, writeLog],
    }),
  });
}
