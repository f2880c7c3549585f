/** An integration of Step Functions that AWS has made for one action, with the parameters that its guide lists. */
export interface OptimizedIntegration {
  /** Name of the service in botocore. */
  readonly service: string;
  readonly operation: string;
  readonly supported: readonly string[];
  /** Names that are supported nowhere inside the parameters. */
  readonly unsupportedInside?: readonly string[];
}

/**
 * The optimized integrations that our workflows use. Newer pages of the guide list no parameters, so these are the lists
 * of its last edition that did (github.com/awsdocs/aws-step-functions-developer-guide, `connect-ecs.md`,
 * `connect-lambda.md`, `connect-sns.md`, `connect-ddb.md`): an optimized integration may drop what is on no list.
 */
export const OPTIMIZED_INTEGRATIONS: Readonly<Record<string, OptimizedIntegration>> = {
  'ecs:runTask': {
    service: 'ecs',
    operation: 'RunTask',
    supported: [
      'Cluster',
      'Group',
      'LaunchType',
      'NetworkConfiguration',
      'Overrides',
      'PlacementConstraints',
      'PlacementStrategy',
      'PlatformVersion',
      'TaskDefinition',
    ],
    // "Step Functions does not support executionRoleArn or taskRoleArn as ContainerOverrides." (connect-ecs.md)
    unsupportedInside: ['TaskRoleArn', 'ExecutionRoleArn'],
  },
  'lambda:invoke': {
    service: 'lambda',
    operation: 'Invoke',
    supported: ['ClientContext', 'FunctionName', 'InvocationType', 'Payload', 'Qualifier'],
  },
  'sns:publish': {
    service: 'sns',
    operation: 'Publish',
    supported: ['Message', 'MessageAttributes', 'MessageStructure', 'PhoneNumber', 'Subject', 'TargetArn', 'TopicArn'],
  },
  'dynamodb:getItem': {
    service: 'dynamodb',
    operation: 'GetItem',
    supported: [
      'AttributesToGet',
      'ConsistentRead',
      'ExpressionAttributeNames',
      'Key',
      'ProjectionExpression',
      'ReturnConsumedCapacity',
      'TableName',
    ],
  },
  'dynamodb:putItem': {
    service: 'dynamodb',
    operation: 'PutItem',
    supported: [
      'ConditionExpression',
      'ConditionalOperator',
      'Expected',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
      'Item',
      'ReturnConsumedCapacity',
      'ReturnItemCollectionMetrics',
      'ReturnValues',
      'TableName',
    ],
  },
};

/** botocore's names of services that AWS SDK integrations call otherwise. */
export const SDK_SERVICES: Readonly<Record<string, string>> = { sfn: 'stepfunctions' };
