import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { z } from 'zod';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { parseProperties } from '../cloudformation/resource-properties.ts';
import { type Account, arnOf } from '../endpoint/account.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import { createDynaliteCaller, createDynamoDbService } from './dynamodb-service.ts';

export interface DynamoDb {
  service: AwsService;
  resources: ResourceHandlers;
  close(): Promise<void>;
}

const tableSchema = z.looseObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.json()),
  KeySchema: z.array(z.json()),
  GlobalSecondaryIndexes: z.array(z.json()).optional(),
});

/** DynamoDB with the tables of templates, on a `dynalite` server that only this process knows. */
export async function startDynamoDb(account: Account): Promise<DynamoDb> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const call = createDynaliteCaller(account, () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    service: createDynamoDbService(account, call),
    resources: {
      'AWS::DynamoDB::Table': async ({ properties, generatedName }) => {
        const {
          TableName = generatedName,
          AttributeDefinitions,
          KeySchema,
          GlobalSecondaryIndexes,
        } = parseProperties(tableSchema, properties);
        await call('CreateTable', {
          TableName,
          AttributeDefinitions,
          KeySchema,
          ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
          BillingMode: 'PAY_PER_REQUEST',
        });
        return { ref: TableName, attributes: { Arn: arnOf(account, 'dynamodb', `table/${TableName}`) } };
      },
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
