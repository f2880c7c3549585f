import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { parseProperties } from '../cloudformation/resource-properties.ts';
import { type Account, arnOf } from '../endpoint/account.ts';
import { action } from '../endpoint/action.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import type { Keys } from './keys.ts';

const keySchema = z.looseObject({ KeyPolicy: z.json(), Description: z.string().default('') });
const aliasSchema = z.looseObject({ AliasName: z.string().startsWith('alias/'), TargetKeyId: z.string() });

/** Keys and aliases of templates. */
export const kmsResources = (account: Account, keys: Keys): ResourceHandlers => ({
  'AWS::KMS::Key': ({ properties, stackName, logicalId }) => {
    const { KeyPolicy, Description } = parseProperties(keySchema, properties);
    const keyId = uuidOf(`${stackName}/${logicalId}`);
    const arn = arnOf(account, 'kms', `key/${keyId}`);
    keys.define({ keyId, arn, description: Description, policy: KeyPolicy });
    return { ref: keyId, attributes: { Arn: arn, KeyId: keyId } };
  },
  'AWS::KMS::Alias': ({ properties }) => {
    const { AliasName, TargetKeyId } = parseProperties(aliasSchema, properties);
    keys.alias(AliasName, TargetKeyId);
    return { ref: AliasName, attributes: {} };
  },
});

const uuidOf = (text: string): string => {
  const digest = createHash('sha256').update(text).digest('hex');
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    digest.slice(12, 16),
    digest.slice(16, 20),
    digest.slice(20, 32),
  ].join('-');
};

/** What shows keys; cryptographic calls are not here. */
export function createKmsService(account: Account, keys: Keys): AwsService {
  const describeKey = action(z.object({ KeyId: z.string() }), ({ KeyId }) => {
    const key = keys.find(KeyId);
    if (!key) throw new AwsError('NotFoundException', `Key '${KeyId}' does not exist`);
    return {
      KeyMetadata: {
        AWSAccountId: account.accountId,
        KeyId: key.keyId,
        Arn: key.arn,
        Description: key.description,
        Enabled: true,
        KeyState: 'Enabled',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeyManager: 'CUSTOMER',
      },
    };
  });
  const listKeys = action(z.object({}), () => ({
    Keys: keys.list().map(({ keyId, arn }) => ({ KeyId: keyId, KeyArn: arn })),
    Truncated: false,
  }));
  const listAliases = action(z.object({}), () => ({
    Aliases: keys.listAliases().map(({ aliasName, key }) => ({
      AliasName: aliasName,
      AliasArn: arnOf(account, 'kms', aliasName),
      TargetKeyId: key?.keyId,
    })),
    Truncated: false,
  }));
  return { name: 'kms', actions: { DescribeKey: describeKey, ListKeys: listKeys, ListAliases: listAliases } };
}
