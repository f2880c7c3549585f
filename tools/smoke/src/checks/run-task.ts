import { RunTaskCommand } from '@aws-sdk/client-ecs';
import type { Check } from '../check.ts';
import { CheckFailedError } from '../errors.ts';
import { stopTaskAtTheEnd, TASK_ACTIONS, taskStops } from '../tasks.ts';

/** Name of the worker's container in its task definition (README.md, "A task, directly"). */
const CONTAINER = 'MysqlWorkerContainer';

/** A dry run that reports to no workflow and needs no parameter. */
const ENVIRONMENT = {
  TASK_TOKEN_ENV_VARIABLE: 'localtest',
  JOB_NAME: 'db_backup',
  DB_NAME: 'smoke',
  DB_HOST: 'dummy-dryrun',
};

export const runTask: Check = {
  what: 'A dry run that is started as an ECS task ends with exit code 0',
  actions: ['ecs:RunTask', 'iam:PassRole', ...TASK_ACTIONS],
  async perform(scene) {
    const assignPublicIp = /assignPublicIp=(ENABLED|DISABLED)/.exec(scene.output('RunTaskCommand'))?.[1];
    const { tasks: [started] = [], failures: [failure] = [] } = await scene.aws.ecs.send(
      new RunTaskCommand({
        cluster: scene.output('ClusterName'),
        taskDefinition: scene.output('BackupFamily'),
        launchType: 'FARGATE',
        count: 1,
        startedBy: scene.run,
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: scene.output('SubnetIds').split(','),
            securityGroups: [scene.output('SecurityGroupId')],
            assignPublicIp: assignPublicIp === 'ENABLED' ? 'ENABLED' : 'DISABLED',
          },
        },
        overrides: {
          containerOverrides: [
            { name: CONTAINER, environment: Object.entries(ENVIRONMENT).map(([name, value]) => ({ name, value })) },
          ],
        },
      }),
    );
    if (started?.taskArn === undefined) {
      throw new CheckFailedError(
        `ECS started no task: ${failure?.reason ?? 'it names no reason'}.`,
        'Look at the events of the cluster in the ECS console.',
      );
    }
    stopTaskAtTheEnd(scene, started.taskArn);
    const { containers = [], stopCode, stoppedReason } = await taskStops(scene, started.taskArn);
    const exitCode = containers.find(({ name }) => name === CONTAINER)?.exitCode;
    if (exitCode !== 0) {
      throw new CheckFailedError(
        `The task ${started.taskArn} ended with exit code ${exitCode ?? 'none'} (${stopCode}: ${stoppedReason}).`,
        `Read its log in ${scene.output('LogGroupName')}. Without a log, the subnets lack a way to ECR and CloudWatch Logs.`,
      );
    }
    return `task ${started.taskArn.split('/').at(-1)}`;
  },
};
