import { createNodeFunction, useKeyThrough, type OpsStack } from '@serverless-ops/cdk-kit';
import { ArnFormat, Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { workerStateMachineArn } from './worker-state-machine-arn.ts';

export interface TaskWatcherProps {
  readonly bundleFolder: string;
  readonly keyArn: string;
  readonly topicArn: string;
}

/**
 * What the workflow cannot see for itself: a container that stopped without a report, and an execution that ended
 * without its last states (stopped by hand, out of time, or by an error that no state can catch).
 */
export function createTaskWatcher(stack: OpsStack, props: TaskWatcherProps): void {
  const { names } = stack;
  const clusterArn = stack.formatArn({ service: 'ecs', resource: 'cluster', resourceName: names.cluster });
  const watcher = createNodeFunction(stack, 'TaskWatcher', {
    description: 'Fails jobs whose container is gone, and stops containers whose job is over',
    bundleFolder: props.bundleFolder,
    logGroupName: names.logGroups.taskWatcher,
    environment: { CLUSTER: names.cluster, TOPIC_ARN: props.topicArn },
    timeout: Duration.seconds(30),
    statements: [
      ...watchTasks(stack, clusterArn),
      new PolicyStatement({ actions: ['states:SendTaskFailure'], resources: [workerStateMachineArn(stack)] }),
      new PolicyStatement({ actions: ['states:DescribeExecution'], resources: [workerExecutionArns(stack)] }),
      new PolicyStatement({ actions: ['sns:Publish'], resources: [props.topicArn] }),
      useKeyThrough(stack, 'sns', ['kms:GenerateDataKey', 'kms:Decrypt'], props.keyArn),
    ],
  });
  new Rule(stack, 'WorkerStopped', {
    description: 'A container of the worker has stopped',
    eventPattern: {
      source: ['aws.ecs'],
      detailType: ['ECS Task State Change'],
      detail: { clusterArn: [clusterArn], group: [`family:${names.workerFamily}`], lastStatus: ['STOPPED'] },
    },
    targets: [new LambdaFunction(watcher)],
  });
  new Rule(stack, 'JobEndedBadly', {
    description: 'An execution of the worker workflow did not succeed',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [workerStateMachineArn(stack)], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    },
    targets: [new LambdaFunction(watcher)],
  });
}

/** ListTasks knows no resource that is a task, so only its condition narrows it down. */
function watchTasks(stack: OpsStack, clusterArn: string): PolicyStatement[] {
  const { cluster } = stack.names;
  const inCluster = { ArnEquals: { 'ecs:cluster': clusterArn } };
  return [
    new PolicyStatement({
      actions: ['ecs:DescribeTasks', 'ecs:StopTask'],
      resources: [stack.formatArn({ service: 'ecs', resource: 'task', resourceName: `${cluster}/*` })],
      conditions: inCluster,
    }),
    new PolicyStatement({ actions: ['ecs:ListTasks'], resources: ['*'], conditions: inCluster }),
  ];
}

function workerExecutionArns(stack: OpsStack): string {
  return stack.formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${stack.names.workerStateMachine}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
