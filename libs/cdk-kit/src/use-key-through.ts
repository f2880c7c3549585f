import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { OpsStack } from './ops-stack.ts';

/** Rights on the key that hold only for what one service does with it, not for data brought along. */
export function useKeyThrough(stack: OpsStack, service: string, actions: string[], keyArn: string): PolicyStatement {
  return new PolicyStatement({
    actions,
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${stack.region}.amazonaws.com` } },
  });
}
