import type { OpsStack } from '@serverless-ops/cdk-kit';
import type { ApiDeployment } from '../contract/api-deployment.ts';

/** Where a stack is deployed to, for the contract; parts of it may be known to CloudFormation only. */
export function deployedPlace(stack: OpsStack): Omit<ApiDeployment, 'roleArn'> {
  const { partition, region, account, settings } = stack;
  return { partition, region, account, namePrefix: settings.namePrefix };
}
