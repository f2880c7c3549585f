import { ENVIRONMENT, TASK_TOKEN_LOCALTEST, WORKER_CONTAINER_NAME } from '@serverless-ops/names';
import type { MysqlWorkerSettings } from '@serverless-ops/settings';
import { FARGATE_CAPACITY_OPTION } from './fargate-capacity.ts';
import type { WorkerNetwork } from './worker-network.ts';

export interface RunTaskCommandProps {
  readonly cluster: string;
  readonly family: string;
  readonly capacity: MysqlWorkerSettings['capacity'];
  readonly network: WorkerNetwork;
  readonly database: { readonly dbName: string; readonly dbEnv: string };
}

/** The AWS CLI call that backs a database up without the workflow, everything else looked up in Parameter Store. */
export function runTaskCommand(props: RunTaskCommandProps): string {
  const { cluster, family, capacity, network, database } = props;
  const environment = [
    { name: ENVIRONMENT.taskToken, value: TASK_TOKEN_LOCALTEST },
    { name: ENVIRONMENT.jobName, value: 'db_backup' },
    { name: ENVIRONMENT.dbName, value: database.dbName },
    { name: ENVIRONMENT.dbEnv, value: database.dbEnv },
  ];
  const overrides = JSON.stringify({ containerOverrides: [{ name: WORKER_CONTAINER_NAME, environment }] });
  const { subnetIds, securityGroupId, assignPublicIp } = network;
  const publicIp = assignPublicIp ? 'ENABLED' : 'DISABLED';
  return [
    `aws ecs run-task --cluster ${cluster} --task-definition ${family} ${FARGATE_CAPACITY_OPTION[capacity]} --count 1`,
    `--network-configuration 'awsvpcConfiguration={subnets=[${subnetIds}],securityGroups=[${securityGroupId}],assignPublicIp=${publicIp}}'`,
    `--overrides '${overrides}'`,
  ].join(' ');
}
