import { JOB_STATE_MACHINES } from '@serverless-ops/job-schemas';
import { createAslStateMachine, type OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StateMachineType, type StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { executionArn } from '../contract/api-deployment.ts';
import { jobStatusDefinition } from '../contract/job-status-definition.ts';
import { deployedPlace } from './deployed-place.ts';

/** The Express workflow behind `GET /jobs/{id}`, and what it may read. */
export function createJobStatusWorkflow(stack: OpsStack): StateMachine {
  const place = deployedPlace(stack);
  const { names } = stack;
  return createAslStateMachine(stack, 'JobStatus', {
    stateMachineName: names.jobStatusStateMachine,
    logGroupName: names.logGroups.jobStatusStateMachine,
    type: StateMachineType.EXPRESS,
    definition: jobStatusDefinition(place),
    statements: [
      new PolicyStatement({
        actions: ['states:DescribeExecution'],
        resources: JOB_STATE_MACHINES.map((machine) => executionArn(place, names[machine], '*')),
      }),
      new PolicyStatement({
        actions: ['dynamodb:GetItem'],
        resources: [stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: names.jobsTable })],
      }),
    ],
  });
}
