import { resourceNames } from '@serverless-ops/names';
import { shellCommand } from '../shell-command.ts';
import type { Database } from './parameter-group.ts';

export interface PasswordChange extends Database {
  readonly dbUser: string;
  /** Whether the job makes the new password; else it takes `new_password`. */
  readonly generate: boolean;
}

/** The command that starts a password change in the account and region that a parameter is in. */
export function passwordChangeCommand(namePrefix: string, parameterArn: string, change: PasswordChange): string {
  const [arn, partition, , region, accountId] = parameterArn.split(':');
  const name = resourceNames(namePrefix).passwordStateMachine;
  const stateMachine = [arn, partition, 'states', region, accountId, 'stateMachine', name].join(':');
  const { dbName, dbEnv, dbUser, generate } = change;
  const input = JSON.stringify({
    job_name: 'password_change',
    job_options: { db_name: dbName, db_env: dbEnv, db_user: dbUser, ...(generate && { generate }) },
  });
  const words = ['aws', 'stepfunctions', 'start-execution', '--state-machine-arn', stateMachine, '--input', input];
  return shellCommand(words);
}
