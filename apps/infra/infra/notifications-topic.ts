import type { OpsStack } from '@serverless-ops/cdk-kit';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';

/** How each job ended. Encrypted, and reached over TLS only. */
export function createNotificationsTopic(stack: OpsStack, key: IKey): Topic {
  const topic = new Topic(stack, 'NotificationsTopic', {
    topicName: stack.names.notificationsTopic,
    masterKey: key,
    enforceSSL: true,
  });
  for (const email of stack.settings.notificationEmails) topic.addSubscription(new EmailSubscription(email));
  return topic;
}
