import type { OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { backupFolders } from './backup-folders.ts';
import { listBackups } from './list-backups.ts';
import { useBucketKeys } from './use-bucket-keys.ts';

/**
 * Backups are only added. An attacker who takes over such a worker can read and delete no older backup. Listing tells
 * whether an upload arrived whose answer was lost.
 */
export function storeBackups(stack: OpsStack, keyArn: string): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resources: backupFolders(stack).map(({ bucketArn, path }) => `${bucketArn}/${path}/*`),
    }),
    ...listBackups(stack),
    // Each part of a multipart upload is decrypted again when S3 puts the object together.
    ...useBucketKeys(stack, keyArn, ['kms:GenerateDataKey', 'kms:Decrypt']),
  ];
}
