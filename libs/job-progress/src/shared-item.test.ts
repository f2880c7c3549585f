import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { createProgressWriter } from './index.ts';

const TableName = 'ops-jobs';
const Key = { job_id: { S: 'db_backup-1' } };

describe('an item of the jobs table that holds more than progress', () => {
  let server: Server;
  let client: DynamoDBClient;

  beforeEach(async () => {
    server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    });
    await client.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [{ AttributeName: 'job_id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'job_id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
  });

  afterEach(async () => {
    client.destroy();
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  it('loses nothing when progress is written over older progress', async () => {
    const others = { execution_arn: { S: 'arn:aws:states:eu-central-1:111111111111:execution:m:db_backup-1' } };
    await client.send(new PutItemCommand({ TableName, Item: { ...Key, ...others, progress: { S: '{}' } } }));
    const writer = createProgressWriter({ client, tableName: TableName, jobId: 'db_backup-1' });

    writer.report({ phase: 'dumping', bytes: 10 });
    await writer.flush();

    const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
    expect(Item).toEqual({
      ...Key,
      ...others,
      progress: { S: expect.stringContaining('"bytes":10') as string },
      expires_at: { N: expect.any(String) as string },
    });
  });

  it('is made when the job is the first that writes into it', async () => {
    const writer = createProgressWriter({ client, tableName: TableName, jobId: 'db_backup-1' });

    writer.report({ phase: 'starting' });
    await writer.flush();

    const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
    expect(Object.keys(Item ?? {}).sort()).toEqual(['expires_at', 'job_id', 'progress']);
  });
});
