import { createApp, OpsStack } from '@serverless-ops/cdk-kit';
import { parseSettings } from '@serverless-ops/settings';
import { listBackups } from './list-backups.ts';

function listsWith(...databases: string[]): unknown[] {
  const environments = databases.map((text, i) => `e${i}: { db_host: h, db_user: u, ${text} }`);
  const settings = parseSettings(`
global: { account: '111122223333', region: eu-west-1 }
parameters: { databases: { shop: { ${environments.join(', ')} } } }`);
  const stack = new OpsStack(createApp(), settings, 'mysqlWorker', 'A stack');
  return listBackups(stack).map((statement) => stack.resolve(statement.toStatementJson()) as unknown);
}

describe('the right to list backups', () => {
  it('names each bucket once, however many folders it has: IAM takes 10,240 characters for all policies of a role', () => {
    expect(listsWith('s3_path: a', 's3_path: b', 's3_bucket: vault, s3_path: c')).toMatchObject([
      { Action: 's3:ListBucket', Condition: { StringLike: { 's3:prefix': ['backups/*', 'a/*', 'b/*'] } } },
      { Action: 's3:ListBucket', Condition: { StringLike: { 's3:prefix': 'c/*' } } },
    ]);
  });
});
