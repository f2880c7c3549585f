import { arnOfStateMachine, type OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { backupFolders } from './backup-folders.ts';
import { listBackups } from './list-backups.ts';
import { useBucketKeys } from './use-bucket-keys.ts';

/**
 * Backups are deleted, and of what is in them only the manifest is read: it tells whether a backup is whole. There is no
 * right to delete a version, so what a bucket with versions keeps of a backup, no prune can destroy. The workflow's
 * executions tell which backups other jobs read.
 */
export function pruneBackups(stack: OpsStack, keyArn: string): PolicyStatement[] {
  const folders = backupFolders(stack);
  return [
    new PolicyStatement({
      actions: ['s3:DeleteObject'],
      resources: folders.map(({ bucketArn, path }) => `${bucketArn}/${path}/*`),
    }),
    new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: folders.map(({ bucketArn, path }) => `${bucketArn}/${path}/*/manifest.json`),
    }),
    new PolicyStatement({
      actions: ['s3:GetBucketVersioning'],
      resources: [...new Set(folders.map(({ bucketArn }) => bucketArn))],
    }),
    ...listBackups(stack),
    ...useBucketKeys(stack, keyArn, ['kms:Decrypt']),
    new PolicyStatement({
      actions: ['states:ListExecutions'],
      resources: [arnOfStateMachine(stack, stack.names.workerStateMachine)],
    }),
  ];
}
