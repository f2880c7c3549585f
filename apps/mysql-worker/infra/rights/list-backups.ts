import type { OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { backupFolders } from './backup-folders.ts';

/**
 * The names of what is in the folders of backups, and of nothing beside them. One statement for each bucket: IAM counts
 * the characters of all policies of a role, and many databases can have a folder of their own.
 */
export function listBackups(stack: OpsStack): PolicyStatement[] {
  return [...Map.groupBy(backupFolders(stack), ({ bucketArn }) => bucketArn)].map(
    ([bucketArn, folders]) =>
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [bucketArn],
        conditions: { StringLike: { 's3:prefix': oneOrList(folders.map(({ path }) => `${path}/*`)) } },
      }),
  );
}

/** A single value stays a text: so a template without folders of databases reads as ever. */
function oneOrList(values: readonly string[]): string | readonly string[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}
