import { arnOfStateMachine, createNodeFunction, useKeyThrough, type OpsStack } from '@serverless-ops/cdk-kit';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { jobExecutionArns, taskFamilies } from './watched.ts';

export interface WatcherFunctionProps {
  readonly bundleFolder: string;
  readonly keyArn: string;
  readonly topicArn: string;
  readonly deadLetters: IQueue;
}

/** A few calls to AWS, each of which the SDK tries three times. */
const TIMEOUT = Duration.seconds(60);

/**
 * What a workflow cannot see for itself: a task that stopped without a report, and an execution that ended without its
 * last states (stopped by hand, out of time, or by an error that no state can catch).
 */
export function createWatcherFunction(stack: OpsStack, props: WatcherFunctionProps): IFunction {
  const { names } = stack;
  return createNodeFunction(stack, 'Watcher', {
    description:
      'Fails jobs whose task is gone, stops tasks whose job has ended, publishes ends that no workflow published',
    bundleFolder: props.bundleFolder,
    logGroupName: names.logGroups.jobWatcher,
    environment: { CLUSTER: names.cluster, TOPIC_ARN: props.topicArn, TASK_FAMILIES: taskFamilies(stack).join(',') },
    timeout: TIMEOUT,
    deadLetterQueue: props.deadLetters,
    statements: [
      ...watchTasks(stack),
      new PolicyStatement({
        actions: ['states:SendTaskFailure'],
        resources: [arnOfStateMachine(stack, names.workerStateMachine)],
      }),
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:GetExecutionHistory'],
        resources: jobExecutionArns(stack),
      }),
      new PolicyStatement({ actions: ['sns:Publish'], resources: [props.topicArn] }),
      useKeyThrough(stack, 'sns', ['kms:GenerateDataKey', 'kms:Decrypt'], props.keyArn),
    ],
  });
}

/** ListTasks knows no resource that is a task, so only its condition narrows it down. */
function watchTasks(stack: OpsStack): PolicyStatement[] {
  const { cluster } = stack.names;
  const arnOf = (resource: string, resourceName: string): string =>
    stack.formatArn({ service: 'ecs', resource, resourceName });
  const conditions = { ArnEquals: { 'ecs:cluster': arnOf('cluster', cluster) } };
  return [
    new PolicyStatement({
      actions: ['ecs:DescribeTasks', 'ecs:StopTask'],
      resources: [arnOf('task', `${cluster}/*`)],
      conditions,
    }),
    new PolicyStatement({ actions: ['ecs:ListTasks'], resources: ['*'], conditions }),
  ];
}
