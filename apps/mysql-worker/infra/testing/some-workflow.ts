import { JOB_KINDS, WORKER_JOB_NAMES, type WorkerJobName } from '@serverless-ops/job-schemas';
import type { State } from '@serverless-ops/workflow-kit';
import type { WorkerTask } from '../workflow/run-worker-state.ts';
import { workerWorkflow, type WorkerWorkflowProps } from '../workflow/worker-workflow.ts';

export const props: WorkerWorkflowProps = {
  partition: 'aws',
  cluster: 'ops',
  subnetIds: 'subnet-1,subnet-2',
  securityGroupId: 'sg-1',
  assignPublicIp: true,
  capacity: 'on_demand',
  tasks: tasksOfJobs({ timeoutHours: 6 }),
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops',
  logGroupName: '/ops/mysql-worker',
};
export const definition = workerWorkflow(props);

/** The states that run a job in a container. */
export const JOB_TASK_STATES = WORKER_JOB_NAMES.flatMap((job) =>
  JOB_KINDS[job].needsDatabase ? [job] : [`${job}_without_database`, job],
);

/** The states of the jobs that may start again after an error. */
export const RETRIED_STATES = JOB_TASK_STATES.filter((name) =>
  WORKER_JOB_NAMES.some((job) => mayStartAgain(job, name)),
);

function mayStartAgain(job: WorkerJobName, name: string): boolean {
  return [job, `${job}_without_database`].includes(name) && JOB_KINDS[job].retryable;
}

/** A task of each job in the family of its purpose, all of one size. */
export function tasksOfJobs(task: Omit<WorkerTask, 'family'>): Record<WorkerJobName, WorkerTask> {
  const tasks = WORKER_JOB_NAMES.map((job) => [job, { ...task, family: `ops-mysql-worker-${JOB_KINDS[job].purpose}` }]);
  return Object.fromEntries(tasks) as Record<WorkerJobName, WorkerTask>;
}

export type Retrier = Record<'ErrorEquals', string[]>;

export function state(name: string, { States } = definition): State {
  const found = States[name];
  if (!found) throw new Error(`There is no state ${name}`);
  return found;
}
