import type { OpsStack } from '@serverless-ops/cdk-kit';
import { CfnOutput } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

/** What an operator needs when the alarm says that an event was not processed. */
export function describeOutputs(stack: OpsStack, deadLetters: IQueue): void {
  new CfnOutput(stack, 'DeadLetterQueueUrl', {
    value: deadLetters.queueUrl,
    description: 'Events that the watcher of jobs could not process',
  });
  new CfnOutput(stack, 'WatcherLogGroupName', {
    value: stack.names.logGroups.jobWatcher,
    description: 'Log of the watcher of jobs',
  });
}
