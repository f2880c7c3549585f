import type { OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { backupFolders } from './backup-folders.ts';
import { listBackups } from './list-backups.ts';
import { useBucketKeys } from './use-bucket-keys.ts';

/** Backups are only read: a restore that went astray has changed none. */
export function readBackups(stack: OpsStack, keyArn: string): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: backupFolders(stack).map(({ bucketArn, path }) => `${bucketArn}/${path}/*`),
    }),
    ...listBackups(stack),
    ...useBucketKeys(stack, keyArn, ['kms:Decrypt']),
  ];
}
