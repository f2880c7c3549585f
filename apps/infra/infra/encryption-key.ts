import type { OpsStack } from '@serverless-ops/cdk-kit';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';

/**
 * The key of passwords in Parameter Store, of notifications and of the backup bucket. It outlives its stack: without
 * it no backup can be read.
 */
export function createEncryptionKey(stack: OpsStack): Key {
  return new Key(stack, 'Key', {
    alias: stack.names.keyAlias,
    description: `Passwords, notifications and backups of ${stack.settings.namePrefix}`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}
