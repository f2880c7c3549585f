import type { OpsStack } from '@serverless-ops/cdk-kit';
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';

/** The longest that SQS keeps a message. */
const KEPT = Duration.days(14);

/**
 * Where an event goes that the function did not get or could not process, and an alarm on the topic of notifications
 * when there is one: the job of such an event may have ended without a notification.
 */
export function createDeadLetters(stack: OpsStack, topicArn: string): Queue {
  const name = stack.names.jobWatcherDeadLetters;
  const queue = new Queue(stack, 'DeadLetters', {
    queueName: name,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: KEPT,
  });
  const alarm = new Alarm(stack, 'DeadLettersAlarm', {
    alarmName: name,
    alarmDescription:
      'The watcher of jobs could not process an event, so a job may have ended without a notification. ' +
      `Read the queue ${name} and the log ${stack.names.logGroups.jobWatcher}, then delete the messages.`,
    metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: Duration.minutes(5) }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(stack, 'Notifications', topicArn)));
  return queue;
}
