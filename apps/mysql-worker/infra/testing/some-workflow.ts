import type { State } from '@serverless-ops/workflow-kit';
import { workerWorkflow, type WorkerWorkflowProps } from '../workflow/worker-workflow.ts';

export const props: WorkerWorkflowProps = {
  partition: 'aws',
  cluster: 'ops',
  subnetIds: 'subnet-1,subnet-2',
  securityGroupId: 'sg-1',
  assignPublicIp: true,
  capacity: 'on_demand',
  tasks: {
    db_backup: { family: 'ops-mysql-worker-backup', timeoutHours: 6 },
    run_script: { family: 'ops-mysql-worker-script', timeoutHours: 6 },
  },
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops',
  logGroupName: '/ops/mysql-worker',
};
export const definition = workerWorkflow(props);

/** The states that run a job in a container. */
export const JOB_STATES = ['db_backup', 'run_script_without_database', 'run_script'];

export type Retrier = Record<'ErrorEquals', string[]>;

export function state(name: string, { States } = definition): State {
  const found = States[name];
  if (!found) throw new Error(`There is no state ${name}`);
  return found;
}
