import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetTopicAttributesCommand, ListTopicsCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { roleCredentials, SHOW_CREDENTIALS } from '../testing/role-credentials.ts';
import { runCloud, type RunningCloud } from '../testing/running-cloud.ts';
import { storageAssembly } from '../testing/storage-stack.ts';
import { workerAssembly } from '../testing/worker-stack.ts';

const TopicArn = 'arn:aws:sns:eu-central-1:111111111111:ops';

let cloud: RunningCloud;
let own: SNSClient;

beforeAll(async () => {
  const publish = { Effect: 'Allow', Action: 'sns:Publish', Resource: TopicArn };
  cloud = await runCloud(workerAssembly(SHOW_CREDENTIALS, [publish]), storageAssembly);
  own = new SNSClient(cloud.clientConfig);
});

afterAll(async () => {
  own.destroy();
  await cloud.stop();
});

describe('SNS', () => {
  it('shows what is published instead of sending it', async () => {
    const { MessageId } = await own.send(
      new PublishCommand({ TopicArn, Subject: 'backup done', Message: 'a & b\n<c>' }),
    );
    const logs = new CloudWatchLogsClient(cloud.clientConfig);
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/local-cloud/notifications' }));
    logs.destroy();
    expect(events?.map(({ message = '', logStreamName }) => [logStreamName, JSON.parse(message) as unknown])).toEqual([
      ['ops', { MessageId, TopicArn, Subject: 'backup done', Message: 'a & b\n<c>' }],
    ]);
    expect(cloud.logged).toContain('sns notification to ops: backup done');
  });

  it('shows the topics of the templates', async () => {
    expect((await own.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn }]);
    const { Attributes } = await own.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toMatchObject({ TopicArn, Owner: '111111111111' });
  });

  it.each([
    ['a topic that is not there', { TopicArn: `${TopicArn}x`, Message: 'x' }, 'NotFoundException'],
    ['an empty message', { TopicArn, Message: '' }, 'InvalidParameterException'],
    ['a subject with a line break', { TopicArn, Message: 'x', Subject: 'a\nb' }, 'InvalidParameterException'],
    ['a message of one byte too many', { TopicArn, Message: `${'€'.repeat(87_381)}aa` }, 'InvalidParameterException'],
    ['a subject that is too long', { TopicArn, Message: 'x', Subject: 'a'.repeat(100) }, 'InvalidParameterException'],
  ])('refuses %s', async (_what, input, name) => {
    await expect(own.send(new PublishCommand(input))).rejects.toMatchObject({ name });
  });

  it.each([
    ['262,144 bytes', { TopicArn, Message: `${'€'.repeat(87_381)}a` }],
    ['a subject of 99 characters', { TopicArn, Message: 'x', Subject: 'a'.repeat(99) }],
  ])('takes %s', async (_what, input) => {
    expect((await own.send(new PublishCommand(input))).MessageId).toBeDefined();
  });

  it('refuses a role that may publish, but not encrypt for the topic', async () => {
    const worker = new SNSClient(await roleCredentials(cloud));
    await expect(worker.send(new PublishCommand({ TopicArn, Message: 'x' }))).rejects.toMatchObject({
      message: expect.stringContaining('is not authorized to perform: kms:GenerateDataKey') as string,
    });
    worker.destroy();
  });
});
