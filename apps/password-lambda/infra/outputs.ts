import type { OpsStack } from '@serverless-ops/cdk-kit';
import type { JobRequest } from '@serverless-ops/job-schemas';
import { CfnOutput } from 'aws-cdk-lib';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { PasswordNetwork } from './password-network.ts';

/** What somebody needs to let the function into a database, to change a password by hand, and to find its traces. */
export function describeOutputs(
  stack: OpsStack,
  { network, stateMachine }: { readonly network: PasswordNetwork; readonly stateMachine: IStateMachine },
): void {
  const { names } = stack;
  output('PasswordSecurityGroupId', network.securityGroupId, 'Let this group in at your databases');
  output('PasswordStateMachineArn', stateMachine.stateMachineArn, 'Start an execution of it to change a password');
  output('PasswordLogGroupName', names.logGroups.passwordChange, 'Logs of changes');
  output(
    'ChangePasswordCommand',
    `aws stepfunctions start-execution --state-machine-arn ${stateMachine.stateMachineArn} --input '${JSON.stringify(exampleOrder(stack))}'`,
    'Changes a password without the API',
  );

  function output(id: string, value: string, description: string): void {
    new CfnOutput(stack, id, { value, description });
  }
}

function exampleOrder({ exampleDatabase }: OpsStack): JobRequest {
  const { dbName, dbEnv } = exampleDatabase;
  return {
    job_name: 'password_change',
    job_options: { db_name: dbName, db_env: dbEnv, db_user: 'mary', generate: true },
  };
}
