import { DescribeTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { roleCredentials, SHOW_CREDENTIALS } from '../testing/role-credentials.ts';
import { runCloud, type RunningCloud } from '../testing/running-cloud.ts';
import { storageAssembly } from '../testing/storage-stack.ts';
import { workerAssembly } from '../testing/worker-stack.ts';

const TableName = 'ops-jobs';
const Item = { job_id: { S: 'j-1' }, progress: { S: '{"rows":1}' }, expires_at: { N: '1800000000' } };

let cloud: RunningCloud;
let own: DynamoDBClient;

beforeAll(async () => {
  const Resource = 'arn:aws:dynamodb:eu-central-1:111111111111:table/ops-jobs';
  const write = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource };
  cloud = await runCloud(workerAssembly(SHOW_CREDENTIALS, [write]), storageAssembly);
  own = new DynamoDBClient(cloud.clientConfig);
});

afterAll(async () => {
  own.destroy();
  await cloud.stop();
});

describe('DynamoDB', () => {
  it('has the tables of the templates', async () => {
    const { Table } = await own.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:eu-central-1:111111111111:table/ops-jobs',
      KeySchema: [{ AttributeName: 'job_id', KeyType: 'HASH' }],
    });
  });

  it('lets a role do what its policies allow', async () => {
    const worker = new DynamoDBClient(await roleCredentials(cloud));
    await worker.send(new PutItemCommand({ TableName, Item }));
    const get = { TableName, Key: { job_id: { S: 'j-1' } } };
    expect((await own.send(new GetItemCommand(get))).Item).toEqual(Item);
    await expect(worker.send(new GetItemCommand(get))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('dynamodb:GetItem on resource: arn:aws:dynamodb:') as string,
    });
    worker.destroy();
  });

  it('refuses a table that is not there', async () => {
    await expect(own.send(new PutItemCommand({ TableName: 'none', Item }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
