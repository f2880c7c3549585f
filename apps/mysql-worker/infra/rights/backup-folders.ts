import type { OpsStack } from '@serverless-ops/cdk-kit';

/** A place that backups go to. */
export interface BackupFolder {
  readonly bucketArn: string;
  /** Without a slash at either end. */
  readonly path: string;
  /** Made by the deploy, and so encrypted with its key; of another bucket only the name is known. */
  readonly isOurs: boolean;
}

/** Every place that the settings send backups to, once. */
export function backupFolders(stack: OpsStack): BackupFolder[] {
  const { settings, backupBucketName } = stack;
  const madeByUs = settings.backups.bucketName === undefined;
  const folders = [
    { path: settings.backups.path, isOurs: madeByUs, bucket: backupBucketName },
    ...settings.databases.map(({ s3Bucket, s3Path }) => ({
      path: s3Path,
      isOurs: madeByUs && s3Bucket === undefined,
      bucket: s3Bucket ?? backupBucketName,
    })),
  ].map(({ path, isOurs, bucket }) => ({
    path,
    isOurs,
    bucketArn: stack.formatArn({ service: 's3', region: '', account: '', resource: bucket }),
  }));
  return [...new Map(folders.map((folder) => [`${folder.bucketArn}/${folder.path}`, folder])).values()];
}
