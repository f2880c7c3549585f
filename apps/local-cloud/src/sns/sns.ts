import { randomUUID } from 'node:crypto';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import type { Account } from '../endpoint/account.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import { conditionsHold } from '../iam/condition.ts';
import type { AuthorizeKeyUse } from '../kms/key-authorizer.ts';
import type { LogStore } from '../logs/log-store.ts';
import { snsResources } from './sns-resources.ts';
import { createSnsService, type Notification } from './sns-service.ts';
import { Topics } from './topics.ts';

/** Nothing is mailed: what is published can be read here, in a log stream for each topic. */
const NOTIFICATIONS_LOG_GROUP = '/local-cloud/notifications';

export interface SnsOptions {
  account: Account;
  logs: LogStore;
  authorizeKey: AuthorizeKeyUse;
  log: (line: string) => void;
}

export interface Sns {
  service: AwsService;
  resources: ResourceHandlers;
  /** Publishes for another service, as far as the topic's policy lets that service. */
  publishForService(topicArn: string, message: string, servicePrincipal: string, sourceArn: string): Promise<void>;
}

/** SNS, its notifications shown instead of sent. */
export function createSns({ account, logs, authorizeKey, log }: SnsOptions): Sns {
  const topics = new Topics();
  logs.createGroup({ name: NOTIFICATIONS_LOG_GROUP });

  const deliver = ({ topic, messageId, subject, message }: Notification): void => {
    logs.write(
      NOTIFICATIONS_LOG_GROUP,
      topic.name,
      JSON.stringify({ MessageId: messageId, TopicArn: topic.arn, Subject: subject, Message: message }),
    );
    log(`sns notification to ${topic.name}: ${subject ?? message.slice(0, 100)}`);
  };

  return {
    service: createSnsService({
      account,
      topics,
      deliver,
      authorizeKey: ({ keyId }, { principal }) => {
        if (keyId === undefined) return;
        authorizeKey(principal, { action: 'kms:GenerateDataKey', key: keyId, via: 'sns' });
        authorizeKey(principal, { action: 'kms:Decrypt', key: keyId, via: 'sns' });
      },
    }),
    resources: snsResources(account, topics),
    publishForService: async (topicArn, message, servicePrincipal, sourceArn) => {
      const topic = topics.require(topicArn);
      const known = { 'aws:SourceArn': [sourceArn], 'aws:SourceAccount': [account.accountId] };
      const permitted = topic.policy.some(
        ({ effect, actions, principals, conditions }) =>
          effect === 'Allow' &&
          actions.some((action) => action === 'sns:Publish' || action === 'sns:*') &&
          (principals['Service'] ?? []).includes(servicePrincipal) &&
          conditionsHold(conditions, known) === true,
      );
      if (!permitted) throw new Error(`the topic's policy does not let ${servicePrincipal} publish for ${sourceArn}`);
      deliver({ topic, messageId: randomUUID(), subject: undefined, message });
      return Promise.resolve();
    },
  };
}
