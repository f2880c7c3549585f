import { JOB_STATE_MACHINES } from '@serverless-ops/job-schemas';
import { createAslStateMachine, type OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StateMachineType, type StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { stateMachineArn } from '../contract/api-deployment.ts';
import { startJobDefinition } from '../contract/start-job-definition.ts';
import { deployedPlace } from './deployed-place.ts';

/** The Express workflow behind `POST /jobs`: puts the name of a job on record, then starts the job. */
export function createStartJobWorkflow(stack: OpsStack): StateMachine {
  const place = deployedPlace(stack);
  const { names } = stack;
  return createAslStateMachine(stack, 'StartJob', {
    stateMachineName: names.startJobStateMachine,
    logGroupName: names.logGroups.startJobStateMachine,
    type: StateMachineType.EXPRESS,
    definition: startJobDefinition(place),
    statements: [
      new PolicyStatement({
        actions: ['states:StartExecution'],
        resources: JOB_STATE_MACHINES.map((machine) => stateMachineArn(place, names[machine])),
      }),
      new PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        resources: [stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: names.jobsTable })],
      }),
    ],
  });
}
