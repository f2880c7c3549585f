import type { OpsStack } from '@serverless-ops/cdk-kit';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { jobStateMachineArns, taskFamilies } from './watched.ts';

/** What wakes the function: a job's task that has stopped, and an execution that did not succeed. */
export function createEventRules(stack: OpsStack, watcher: IFunction, deadLetterQueue: IQueue): void {
  const clusterArn = stack.formatArn({ service: 'ecs', resource: 'cluster', resourceName: stack.names.cluster });
  new Rule(stack, 'TaskStopped', {
    description: 'A task of a job has stopped',
    eventPattern: {
      source: ['aws.ecs'],
      detailType: ['ECS Task State Change'],
      detail: {
        clusterArn: [clusterArn],
        group: taskFamilies(stack).map((family) => `family:${family}`),
        lastStatus: ['STOPPED'],
      },
    },
    targets: [new LambdaFunction(watcher, { deadLetterQueue })],
  });
  new Rule(stack, 'JobEndedBadly', {
    description: 'An execution of a workflow did not succeed',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: jobStateMachineArns(stack), status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    },
    targets: [new LambdaFunction(watcher, { deadLetterQueue })],
  });
}
