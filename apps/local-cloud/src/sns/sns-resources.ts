import { z } from 'zod';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { parseProperties } from '../cloudformation/resource-properties.ts';
import { type Account, arnOf } from '../endpoint/account.ts';
import { parsePolicyDocument } from '../iam/policy-document.ts';
import type { Topic, Topics } from './topics.ts';

const topicSchema = z.looseObject({
  TopicName: z.string().optional(),
  DisplayName: z.string().default(''),
  KmsMasterKeyId: z.string().optional(),
});
const policySchema = z.looseObject({ PolicyDocument: z.json(), Topics: z.array(z.string()) });
const subscriptionSchema = z.looseObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string().default(''),
});

/** Topics of templates with their policies and subscriptions. */
export const snsResources = (account: Account, topics: Topics): ResourceHandlers => ({
  'AWS::SNS::Topic': ({ properties, generatedName }) => {
    const { TopicName: name = generatedName, DisplayName, KmsMasterKeyId } = parseProperties(topicSchema, properties);
    const arn = arnOf(account, 'sns', name);
    topics.create({ arn, name, displayName: DisplayName, keyId: KmsMasterKeyId });
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
  'AWS::SNS::TopicPolicy': ({ properties, generatedName }) => {
    const policy = parseProperties(policySchema, properties);
    for (const arn of policy.Topics)
      requireTopic(topics, arn).policy.push(...parsePolicyDocument(policy.PolicyDocument));
    return { ref: generatedName, attributes: { Id: generatedName } };
  },
  'AWS::SNS::Subscription': ({ properties, logicalId }) => {
    const { TopicArn, Protocol, Endpoint } = parseProperties(subscriptionSchema, properties);
    const subscriptionArn = `${TopicArn}:${logicalId}`;
    requireTopic(topics, TopicArn).subscriptions.push({ subscriptionArn, protocol: Protocol, endpoint: Endpoint });
    return { ref: subscriptionArn, attributes: { Arn: subscriptionArn } };
  },
});

function requireTopic(topics: Topics, arn: string): Topic {
  const topic = topics.find(arn);
  if (!topic) throw new Error(`there is no topic ${arn}`);
  return topic;
}
