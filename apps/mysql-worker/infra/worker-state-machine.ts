import { createAslStateMachine, useKeyThrough, type OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { WorkerNetwork } from './worker-network.ts';
import type { WorkerRoles } from './worker-roles.ts';
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
      family: names.workerFamily,
      ...network,
      timeoutSeconds: settings.mysqlWorker.timeoutHours * 3600,
      topicArn,
      logGroupName: names.logGroups.mysqlWorker,
    }),
    statements: [
      runWorker(stack),
      passRoles(roles),
      new PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] }),
      useKeyThrough(stack, 'sns', ['kms:GenerateDataKey', 'kms:Decrypt'], keyArn),
    ],
  });
}

/** Any revision: the newest one runs, and a new image must not need a new policy. */
function runWorker(stack: OpsStack): PolicyStatement {
  const { cluster, workerFamily } = stack.names;
  return new PolicyStatement({
    actions: ['ecs:RunTask'],
    resources: [stack.formatArn({ service: 'ecs', resource: 'task-definition', resourceName: `${workerFamily}:*` })],
    conditions: {
      ArnEquals: { 'ecs:cluster': stack.formatArn({ service: 'ecs', resource: 'cluster', resourceName: cluster }) },
    },
  });
}

function passRoles({ task, execution }: WorkerRoles): PolicyStatement {
  return new PolicyStatement({
    actions: ['iam:PassRole'],
    resources: [task.roleArn, execution.roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
  });
}
