import type { OpsStack } from '@serverless-ops/cdk-kit';
import { CfnOutput } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { runTaskCommand } from './run-task-command.ts';
import type { WorkerNetwork } from './worker-network.ts';
import type { WorkerRoles } from './worker-roles.ts';

export interface DeployedWorker {
  readonly roles: WorkerRoles;
  readonly network: WorkerNetwork;
  readonly stateMachine: IStateMachine;
  readonly logGroup: ILogGroup;
}

/** What somebody needs to run a job by hand, to let the worker into a database, and to find its traces. */
export function describeOutputs(stack: OpsStack, { roles, network, stateMachine, logGroup }: DeployedWorker): void {
  const { settings, names } = stack;
  const families = names.workerFamilies;
  output('ClusterName', names.cluster, 'ECS cluster');
  output('BackupFamily', families.backup, 'Task definition of backups; without a revision, the newest one runs');
  output('RestoreFamily', families.restore, 'Task definition of restores');
  output('VerifyFamily', families.verify, 'Task definition of verifications');
  output('PruneFamily', families.prune, 'Task definition of prunes');
  output('ScriptFamily', families.script, 'Task definition of scripts');
  output('SubnetIds', network.subnetIds, 'Subnets that jobs run in');
  output('SecurityGroupId', network.securityGroupId, 'Let this group in at your databases');
  output('BackupRoleArn', roles.task.backup.roleArn, 'What backups may do in AWS');
  output('RestoreRoleArn', roles.task.restore.roleArn, 'What restores may do in AWS');
  output('VerifyRoleArn', roles.task.verify.roleArn, 'What verifications may do in AWS');
  output('PruneRoleArn', roles.task.prune.roleArn, 'What prunes may do in AWS');
  output('ScriptRoleArn', roles.task.script.roleArn, 'What scripts may do in AWS');
  output('BackupBucketName', stack.backupBucketName, 'Where backups go, unless a database says otherwise');
  output('StateMachineArn', stateMachine.stateMachineArn, 'Start an execution of it to run a job');
  output('LogGroupName', logGroup.logGroupName, 'Logs of jobs');
  output(
    'RunTaskCommand',
    runTaskCommand({
      cluster: names.cluster,
      family: families.backup,
      capacity: settings.mysqlWorker.capacity,
      network,
      database: stack.exampleDatabase,
    }),
    'Runs a backup without the workflow',
  );
  output(
    'StartExecutionCommand',
    `aws stepfunctions start-execution --state-machine-arn ${stateMachine.stateMachineArn} --input '${exampleOrder(stack)}'`,
    'Runs a backup with the workflow',
  );
  output(
    'JobLogCommand',
    `aws logs tail ${logGroup.logGroupName} --since 1d --follow --filter-pattern '{ $.job_id = "JOB_ID" }'`,
    'Shows the log of a job',
  );

  function output(id: string, value: string, description: string): void {
    new CfnOutput(stack, id, { value, description });
  }
}

function exampleOrder({ exampleDatabase }: OpsStack): string {
  const { dbName, dbEnv } = exampleDatabase;
  return JSON.stringify({ job_name: 'db_backup', job_options: { db_name: dbName, db_env: dbEnv } });
}
