import { WORKER_JOB_NAMES, type WorkerJobName, type WorkerPurpose } from '@serverless-ops/job-schemas';
import { createAslStateMachine, useKeyThrough, type OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { sizeOfFamily, sizeOfJob } from './task-sizes.ts';
import type { WorkerNetwork } from './worker-network.ts';
import { purposeOfJob, type WorkerRoles } from './worker-roles.ts';
import type { WorkerTask } from './workflow/run-worker-state.ts';
import { workerWorkflow } from './workflow/worker-workflow.ts';

export interface WorkerStateMachineProps {
  readonly roles: WorkerRoles;
  readonly network: WorkerNetwork;
  readonly keyArn: string;
  readonly topicArn: string;
}

export function createWorkerStateMachine(stack: OpsStack, props: WorkerStateMachineProps): StateMachine {
  const { settings, names, partition } = stack;
  const { roles, network, keyArn, topicArn } = props;
  return createAslStateMachine(stack, 'WorkerStateMachine', {
    stateMachineName: names.workerStateMachine,
    logGroupName: names.logGroups.workerStateMachine,
    definition: workerWorkflow({
      partition,
      cluster: names.cluster,
      ...network,
      capacity: settings.mysqlWorker.capacity,
      tasks: tasksOfJobs(stack),
      topicArn,
      logGroupName: names.logGroups.mysqlWorker,
    }),
    statements: [
      rightToRunWorker(stack),
      passRoles(roles),
      new PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] }),
      useKeyThrough(stack, 'sns', ['kms:GenerateDataKey', 'kms:Decrypt'], keyArn),
    ],
  });
}

/** What the container of each job is given; a size only where it is not that of the task definition. */
function tasksOfJobs({ settings: { mysqlWorker }, names }: OpsStack): Record<WorkerJobName, WorkerTask> {
  const tasks = WORKER_JOB_NAMES.map((job): [WorkerJobName, WorkerTask] => {
    const purpose = purposeOfJob(job);
    const family = names.workerFamilies[purpose];
    const { timeoutHours, ...size } = sizeOfJob(mysqlWorker, job);
    const { cpu, memoryMib } = sizeOfFamily(mysqlWorker, purpose);
    const isOwn = job in mysqlWorker.jobs || size.cpu !== cpu || size.memoryMib !== memoryMib;
    return [job, { family, timeoutHours, ...(isOwn && { size }) }];
  });
  return Object.fromEntries(tasks) as Record<WorkerJobName, WorkerTask>;
}

/** The families of its jobs, in any revision: the newest one runs, and a new image must not need a new policy. */
function rightToRunWorker(stack: OpsStack): PolicyStatement {
  const { cluster, workerFamilies } = stack.names;
  return new PolicyStatement({
    actions: ['ecs:RunTask'],
    resources: purposesOfJobs().map((purpose) =>
      stack.formatArn({ service: 'ecs', resource: 'task-definition', resourceName: `${workerFamilies[purpose]}:*` }),
    ),
    conditions: {
      ArnEquals: { 'ecs:cluster': stack.formatArn({ service: 'ecs', resource: 'cluster', resourceName: cluster }) },
    },
  });
}

/** To ECS, and those that a job runs under, no more. */
function passRoles(roles: WorkerRoles): PolicyStatement {
  return new PolicyStatement({
    actions: ['iam:PassRole'],
    resources: [...purposesOfJobs().map((purpose) => roles.task[purpose].roleArn), roles.execution.roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
  });
}

function purposesOfJobs(): WorkerPurpose[] {
  return [...new Set(WORKER_JOB_NAMES.map(purposeOfJob))];
}
