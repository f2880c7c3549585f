import { randomUUID } from 'node:crypto';
import { SNS_LIMITS } from '@serverless-ops/aws-limits';
import { z } from 'zod';
import { type Account, arnOf } from '../endpoint/account.ts';
import { action as anyAction } from '../endpoint/action.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import type { CallContext } from '../endpoint/service.ts';
import type { Topic, Topics } from './topics.ts';

export interface Notification {
  topic: Topic;
  messageId: string;
  subject: string | undefined;
  message: string;
}

export interface SnsServiceOptions {
  account: Account;
  topics: Topics;
  /** Throws when the caller may not use the key of an encrypted topic. */
  authorizeKey: (topic: Topic, context: CallContext) => void;
  /** What becomes of a published message: nothing here sends mail. */
  deliver: (notification: Notification) => void;
}

const action: typeof anyAction = (schema, run) => anyAction(schema, run, 'InvalidParameter');
const invalid = (what: string): AwsError => new AwsError('InvalidParameter', `Invalid parameter: ${what}`);

/** One line of printable ASCII that begins with a letter, a digit or punctuation. (API reference, Publish) */
const isSubject = (subject: string): boolean =>
  subject.length < SNS_LIMITS.subjectCharactersBelow && /^[\x21-\x7e][\x20-\x7e]*$/.test(subject);

/** Topics: publishing to them, and showing them with their subscriptions. */
export function createSnsService({ account, topics, authorizeKey, deliver }: SnsServiceOptions): AwsService {
  const publish = action(
    z.object({
      TopicArn: z.string().optional(),
      TargetArn: z.string().optional(),
      Subject: z.string().optional(),
      Message: z.string(),
    }),
    ({ TopicArn, TargetArn, Subject, Message }, context) => {
      const topic = topics.require(TopicArn ?? TargetArn ?? '');
      if (Message === '') throw invalid('Empty message');
      if (Buffer.byteLength(Message) > SNS_LIMITS.messageBytes) throw invalid('Message too long');
      if (Subject !== undefined && !isSubject(Subject)) throw invalid('Subject');
      authorizeKey(topic, context);
      const messageId = randomUUID();
      deliver({ topic, messageId, subject: Subject, message: Message });
      return { MessageId: messageId };
    },
  );

  const listTopics = action(z.object({}), () => ({ Topics: topics.list().map(({ arn }) => ({ TopicArn: arn })) }));

  const getTopicAttributes = action(z.object({ TopicArn: z.string() }), ({ TopicArn }) => {
    const topic = topics.require(TopicArn);
    const attributes = {
      TopicArn: topic.arn,
      DisplayName: topic.displayName,
      Owner: account.accountId,
      SubscriptionsConfirmed: String(topic.subscriptions.length),
      ...(topic.keyId !== undefined && { KmsMasterKeyId: topic.keyId }),
    };
    return { Attributes: { entry: Object.entries(attributes).map(([key, value]) => ({ key, value })) } };
  });

  const describeSubscriptions = (topic: Topic) =>
    topic.subscriptions.map(({ subscriptionArn, protocol, endpoint }) => ({
      SubscriptionArn: subscriptionArn,
      Owner: account.accountId,
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: topic.arn,
    }));

  const listSubscriptions = action(z.object({}), () => ({
    Subscriptions: topics.list().flatMap(describeSubscriptions),
  }));

  const listSubscriptionsByTopic = action(z.object({ TopicArn: z.string() }), ({ TopicArn }) => ({
    Subscriptions: describeSubscriptions(topics.require(TopicArn)),
  }));

  return {
    name: 'sns',
    actions: {
      Publish: publish,
      ListTopics: listTopics,
      GetTopicAttributes: getTopicAttributes,
      ListSubscriptions: listSubscriptions,
      ListSubscriptionsByTopic: listSubscriptionsByTopic,
    },
    permissions: (actionName, { TopicArn, TargetArn }) => {
      const target = [TopicArn, TargetArn].find((each) => typeof each === 'string');
      return [{ action: `sns:${actionName}`, resource: target ?? arnOf(account, 'sns', '*') }];
    },
  };
}
