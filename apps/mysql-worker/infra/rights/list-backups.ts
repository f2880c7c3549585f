import type { OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { backupFolders } from './backup-folders.ts';

/** The names of what is in the folders of backups, and of nothing beside them. */
export function listBackups(stack: OpsStack): PolicyStatement[] {
  return backupFolders(stack).map(
    ({ bucketArn, path }) =>
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [bucketArn],
        conditions: { StringLike: { 's3:prefix': `${path}/*` } },
      }),
  );
}
