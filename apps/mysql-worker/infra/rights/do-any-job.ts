import { readReferredSecrets, useKeyThrough, type OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { workerStateMachineArn } from '../worker-state-machine-arn.ts';

/** What every job needs: the parameters of its database, and to tell how far it is and how it ended. */
export function doAnyJob(stack: OpsStack, keyArn: string): PolicyStatement[] {
  const databases = `${stack.settings.parameterPrefix.slice(1)}/databases`;
  return [
    new PolicyStatement({
      actions: ['ssm:GetParametersByPath', 'ssm:GetParameter'],
      resources: [stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: `${databases}/*` })],
    }),
    useKeyThrough(stack, 'ssm', ['kms:Decrypt'], keyArn),
    ...readReferredSecrets(stack),
    new PolicyStatement({
      actions: ['dynamodb:UpdateItem'],
      resources: [stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: stack.names.jobsTable })],
    }),
    new PolicyStatement({
      actions: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
      resources: [workerStateMachineArn(stack)],
    }),
  ];
}
