import { GetTopicAttributesCommand, paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import type { Check } from '../check.ts';
import { CheckFailedError } from '../errors.ts';
import { stackResources } from '../stack-resources.ts';

export const findSubscribers: Check = {
  what: 'The topic of notifications exists, and its subscriptions are confirmed',
  actions: ['cloudformation:DescribeStackResources', 'sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic'],
  async perform(scene) {
    const [topic] = await stackResources(scene, 'foundation', 'AWS::SNS::Topic');
    const TopicArn = topic?.PhysicalResourceId;
    if (TopicArn === undefined) {
      throw new CheckFailedError('The foundation has no topic.', 'Deploy it again: npx nx run infra:deploy');
    }
    // Fails when the topic was deleted by hand.
    await scene.aws.sns.send(new GetTopicAttributesCommand({ TopicArn }));
    const confirmed: string[] = [];
    const pending: string[] = [];
    for await (const { Subscriptions: found = [] } of paginateListSubscriptionsByTopic(
      { client: scene.aws.sns },
      { TopicArn },
    )) {
      for (const { SubscriptionArn: arn = '', Protocol: protocol = '', Endpoint: endpoint = '' } of found) {
        (arn === 'PendingConfirmation' ? pending : confirmed).push(`${protocol} ${endpoint}`);
      }
    }
    if (pending.length > 0) {
      throw new CheckFailedError(
        `Not confirmed: ${pending.join(', ')}.`,
        'Open the mail "AWS Notification - Subscription Confirmation" there and follow its link. After three days subscribe anew.',
      );
    }
    return confirmed.length === 0
      ? 'no subscription: settings.yml takes addresses as notifications.emails'
      : `${confirmed.length} confirmed`;
  },
};
