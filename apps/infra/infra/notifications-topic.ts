import type { OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';

/** How each job ended, and alarms. Encrypted, and reached over TLS only. */
export function createNotificationsTopic(stack: OpsStack, key: Key): Topic {
  const topic = new Topic(stack, 'NotificationsTopic', {
    topicName: stack.names.notificationsTopic,
    masterKey: key,
    enforceSSL: true,
  });
  letAlarmsPublish(stack, topic, key);
  for (const email of stack.settings.notificationEmails) topic.addSubscription(new EmailSubscription(email));
  return topic;
}

/**
 * CloudWatch publishes alarms as a service of its own, so the topic and the key of the topic must allow it
 * (CloudWatch user guide, "Notifying users on alarm changes": an encrypted topic needs both rights on the key).
 */
function letAlarmsPublish(stack: OpsStack, topic: Topic, key: Key): void {
  const alarms = {
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  };
  topic.addToResourcePolicy(new PolicyStatement({ ...alarms, actions: ['sns:Publish'], resources: [topic.topicArn] }));
  key.addToResourcePolicy(
    new PolicyStatement({ ...alarms, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: ['*'] }),
  );
}
