import type { OpsStack } from '@serverless-ops/cdk-kit';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';

/** How long a backup that was deleted can still be brought back. */
const DELETED_VERSIONS_KEPT = Duration.days(30);

/** An upload that is this old belongs to no job: those end after hours. */
const UPLOAD_ABANDONED_AFTER = Duration.days(7);

/**
 * The bucket for backups, unless the settings name one. It outlives its stack, and reading it needs the right to decrypt
 * with the key besides the right to read.
 */
export function createBackupBucket(stack: OpsStack, key: IKey): void {
  if (stack.settings.backups.bucketName !== undefined) return;
  new Bucket(stack, 'BackupBucket', {
    bucketName: stack.backupBucketName,
    versioned: true,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    enforceSSL: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: [
      {
        id: 'tidy-up',
        abortIncompleteMultipartUploadAfter: UPLOAD_ABANDONED_AFTER,
        noncurrentVersionExpiration: DELETED_VERSIONS_KEPT,
      },
    ],
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}
