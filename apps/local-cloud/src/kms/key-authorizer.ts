import type { Account } from '../endpoint/account.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { Principal } from '../endpoint/service.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { evaluate } from '../iam/evaluate.ts';
import type { Keys } from './keys.ts';

export interface KeyUse {
  action: 'kms:Decrypt' | 'kms:Encrypt' | 'kms:GenerateDataKey';
  /** Id, ARN or alias of the key. */
  key: string;
  /** The service that uses the key on behalf of the caller: `ssm`. */
  via: string;
  /** @default - none */
  encryptionContext?: Readonly<Record<string, string>>;
}

/** Lets a principal use a key through a service, or throws what that service answers. */
export type AuthorizeKeyUse = (principal: Principal, use: KeyUse) => void;

/** A role needs both the key's policy, which usually leaves it to the account's policies, and its own. */
export function createKeyAuthorizer(account: Account, keys: Keys, authorize: Authorize): AuthorizeKeyUse {
  return (principal, { action, key: reference, via, encryptionContext = {} }) => {
    // Everybody in the account may use the keys that AWS keeps for its services.
    if (reference.includes('alias/aws/')) return;
    const key = keys.find(reference);
    if (!key) throw new AwsError('InvalidKeyId', `The key ${reference} does not exist.`);
    if (principal.kind === 'account') return;
    const context = Object.entries(encryptionContext).map(([name, value]) => [
      `kms:EncryptionContext:${name}`,
      [value],
    ]);
    const permission = {
      action,
      resource: key.arn,
      conditionKeys: {
        'kms:ViaService': [`${via}.${account.region}.amazonaws.com`],
        'kms:CallerAccount': [account.accountId],
        ...(Object.fromEntries(context) as Record<string, string[]>),
      },
    };
    const onKey = { ...permission, resource: '*' };
    const naming = (arn: string) =>
      key.policy.filter(({ principals }) => principals['AWS']?.some((who) => who === arn));
    if (evaluate(naming(principal.roleArn), onKey) === 'allowed') return;
    const root = `arn:aws:iam::${account.accountId}:root`;
    if (evaluate(naming(root), onKey) !== 'allowed') {
      throw new AwsError(
        'AccessDeniedException',
        `${principal.roleArn} is not authorized to perform: ${action} on resource: ${key.arn} because no resource-based policy allows the ${action} action`,
      );
    }
    authorize(principal, permission);
  };
}
