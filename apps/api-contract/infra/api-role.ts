import type { OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { executionArn, stateMachineArn } from '../contract/api-deployment.ts';
import { deployedPlace } from './deployed-place.ts';

/**
 * The role that API Gateway takes on to call Step Functions. Its trust names no source account: API Gateway does not
 * send one when it takes on the role of an integration, and the API would answer nothing but 500.
 */
export function createApiRole(stack: OpsStack): Role {
  const place = deployedPlace(stack);
  const { names } = stack;
  return new Role(stack, 'ApiRole', {
    description: 'What the REST API may ask of Step Functions',
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    inlinePolicies: {
      permissions: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['states:StartSyncExecution'],
            resources: [
              stateMachineArn(place, names.startJobStateMachine),
              stateMachineArn(place, names.jobStatusStateMachine),
            ],
          }),
          new PolicyStatement({
            actions: ['states:DescribeExecution'],
            resources: [executionArn(place, names.workerStateMachine, '*')],
          }),
        ],
      }),
    },
  });
}
