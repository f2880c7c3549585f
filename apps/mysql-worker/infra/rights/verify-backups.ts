import type { OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { backupFolders } from './backup-folders.ts';
import { listBackups } from './list-backups.ts';
import { useBucketKeys } from './use-bucket-keys.ts';

/** Backups are read, and beside them only the record of a drill is stored: nothing of a backup can be changed. */
export function verifyBackups(stack: OpsStack, keyArn: string): PolicyStatement[] {
  const folders = backupFolders(stack);
  return [
    new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: folders.map(({ bucketArn, path }) => `${bucketArn}/${path}/*`),
    }),
    new PolicyStatement({
      actions: ['s3:PutObject'],
      resources: folders.map(({ bucketArn, path }) => `${bucketArn}/${path}/*/drill.json`),
    }),
    ...listBackups(stack),
    ...useBucketKeys(stack, keyArn, ['kms:GenerateDataKey', 'kms:Decrypt']),
  ];
}
