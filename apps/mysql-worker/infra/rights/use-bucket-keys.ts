import { useKeyThrough, type OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { backupFolders } from './backup-folders.ts';

/**
 * What S3 does with the keys of the buckets on behalf of the caller. Which key a bucket has that the deploy did not make
 * is not known, so any key of the account will do, but only for that bucket: S3 says for which one it uses a key, as
 * the bucket's ARN with a bucket key and as the object's without.
 */
export function useBucketKeys(stack: OpsStack, keyArn: string, actions: string[]): PolicyStatement[] {
  const folders = backupFolders(stack);
  const others = folders.filter(({ isOurs }) => !isOurs);
  const arns = new Set(others.flatMap(({ bucketArn, path }) => [bucketArn, `${bucketArn}/${path}/*`]));
  return [
    ...(folders.length > others.length ? [useKeyThrough(stack, 's3', actions, keyArn)] : []),
    ...(others.length > 0
      ? [
          new PolicyStatement({
            actions,
            resources: [stack.formatArn({ service: 'kms', resource: 'key', resourceName: '*' })],
            conditions: {
              StringEquals: { 'kms:ViaService': `s3.${stack.region}.amazonaws.com` },
              StringLike: { 'kms:EncryptionContext:aws:s3:arn': [...arns] },
            },
          }),
        ]
      : []),
  ];
}
