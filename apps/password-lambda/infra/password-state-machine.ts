import { createAslStateMachine, useKeyThrough, type OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { passwordWorkflow, type PasswordFunction } from './workflow/password-workflow.ts';

export interface PasswordStateMachineProps {
  readonly lookUp: PasswordFunction;
  readonly change: PasswordFunction;
  readonly keyArn: string;
  readonly topicArn: string;
}

export function createPasswordStateMachine(stack: OpsStack, props: PasswordStateMachineProps): StateMachine {
  const { lookUp, change, keyArn, topicArn } = props;
  return createAslStateMachine(stack, 'PasswordStateMachine', {
    stateMachineName: stack.names.passwordStateMachine,
    logGroupName: stack.names.logGroups.passwordStateMachine,
    definition: passwordWorkflow({ partition: stack.partition, topicArn, lookUp, change }),
    statements: [
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lookUp.arn, change.arn] }),
      new PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] }),
      useKeyThrough(stack, 'sns', ['kms:GenerateDataKey', 'kms:Decrypt'], keyArn),
    ],
  });
}
