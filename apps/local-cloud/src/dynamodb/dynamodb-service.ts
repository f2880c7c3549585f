import type { Account } from '../endpoint/account.ts';
import { arnOf } from '../endpoint/account.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import type { JsonObject, ServiceAction } from '../endpoint/service.ts';

/** What `dynalite` knows, without making and dropping tables: those come from templates. */
const ACTIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
];

/** It wants to see a signature, whatever it says. */
const SIGNATURE =
  'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

/** One call to the server behind it: DynamoDB's answer or its error. */
export type CallDynalite = (action: string, input: JsonObject) => Promise<JsonObject>;

export function createDynaliteCaller(account: Account, url: () => string): CallDynalite {
  return async (action, input) => {
    const response = await fetch(url(), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${action}`,
        'x-amz-date': '20260101T000000Z',
        authorization: SIGNATURE,
      },
      body: JSON.stringify(input),
    });
    const text = (await response.text()).replaceAll(/arn:aws:dynamodb:[^:"]*:[^:"]*:/g, arnOf(account, 'dynamodb', ''));
    const answer = JSON.parse(text || '{}') as JsonObject;
    if (response.ok) return answer;
    const { __type: type = '', message, Message } = answer as Partial<Record<string, string>>;
    throw new AwsError(type.split('#').at(-1) ?? '', message ?? Message ?? '', response.status);
  };
}

/** DynamoDB: every call goes to the server behind, after its permissions were checked. */
export function createDynamoDbService(account: Account, call: CallDynalite): AwsService {
  const actions = ACTIONS.map((name): [string, ServiceAction] => [name, (input) => call(name, input)]);
  return {
    name: 'dynamodb',
    actions: Object.fromEntries(actions),
    permissions: (actionName, input) =>
      tableNames(input).map((table) => ({
        action: `dynamodb:${actionName}`,
        resource: table === '*' ? '*' : tableArn(account, table),
        ...(actionName === 'UpdateItem' && { conditionKeys: conditionKeysOfUpdate(input) }),
      })),
  };
}

const tableArn = (account: Account, nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn : arnOf(account, 'dynamodb', `table/${nameOrArn}`);

function tableNames({ TableName, RequestItems }: JsonObject): string[] {
  if (typeof TableName === 'string') return [TableName];
  return RequestItems && typeof RequestItems === 'object' ? Object.keys(RequestItems) : ['*'];
}

/** Attributes that an update names: those of its key, and those that its expression calls by a placeholder. */
function conditionKeysOfUpdate({ Key, ExpressionAttributeNames, ReturnValues }: JsonObject): Record<string, string[]> {
  return {
    'dynamodb:Attributes': [...Object.keys(Key ?? {}), ...Object.values(ExpressionAttributeNames ?? {}).map(String)],
    'dynamodb:ReturnValues': typeof ReturnValues === 'string' ? [ReturnValues] : [],
  };
}
