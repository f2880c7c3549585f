import type { OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * Backups are only added. Whoever takes over a worker can read none of the old ones, and delete none. Listing tells
 * whether an upload arrived whose answer was lost.
 */
export function storeBackups(stack: OpsStack): PolicyStatement[] {
  return backupFolders(stack).flatMap(({ bucket, path }) => {
    const bucketArn = stack.formatArn({ service: 's3', region: '', account: '', resource: bucket });
    return [
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
        resources: [`${bucketArn}/${path}/*`],
      }),
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [bucketArn],
        conditions: { StringLike: { 's3:prefix': `${path}/*` } },
      }),
    ];
  });
}

/** Every place that the settings send backups to, once. */
function backupFolders(stack: OpsStack): { bucket: string; path: string }[] {
  const { settings, backupBucketName: ownBucket } = stack;
  const folders = [
    { bucket: ownBucket, path: settings.backups.path },
    ...settings.databases.map(({ s3Bucket, s3Path }) => ({ bucket: s3Bucket ?? ownBucket, path: s3Path })),
  ];
  return [...new Map(folders.map((folder) => [`${folder.bucket}/${folder.path}`, folder])).values()];
}
