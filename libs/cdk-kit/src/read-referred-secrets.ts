import { ArnFormat } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { OpsStack } from './ops-stack.ts';

/** A parameter may refer to a secret of Secrets Manager: it is read through a parameter of the secret's name. */
export function readReferredSecrets(stack: OpsStack): PolicyStatement[] {
  const { secretNames } = stack.settings;
  if (secretNames.length === 0) return [];
  const reference = (name: string): string =>
    stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: `aws/reference/secretsmanager/${name}` });
  // Secrets Manager ends the ARN of each secret in a hyphen and six characters of its own.
  const secret = (name: string): string =>
    stack.formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${name}-??????`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  return [
    new PolicyStatement({ actions: ['ssm:GetParameter'], resources: secretNames.map(reference) }),
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: secretNames.map(secret) }),
  ];
}
