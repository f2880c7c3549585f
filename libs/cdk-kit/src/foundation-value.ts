import { foundationParameters } from '@serverless-ops/names';
import { CfnParameter } from 'aws-cdk-lib';
import type { OpsStack } from './ops-stack.ts';

/**
 * A value that Foundation wrote to Parameter Store, read by CloudFormation at each deploy. Unlike an export it can
 * change while it is in use.
 */
export function foundationValue(stack: OpsStack, name: 'vpcId' | 'keyArn' | 'topicArn'): string {
  return foundationParameter(stack, name, 'AWS::SSM::Parameter::Value<String>').valueAsString;
}

/** The subnets that tasks run in. */
export function foundationSubnetIds(stack: OpsStack): string[] {
  return foundationParameter(stack, 'subnetIds', 'AWS::SSM::Parameter::Value<List<String>>').valueAsList;
}

function foundationParameter(
  stack: OpsStack,
  name: keyof ReturnType<typeof foundationParameters>,
  type: string,
): CfnParameter {
  const id = `Foundation${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const declared = stack.node.tryFindChild(id);
  if (declared instanceof CfnParameter) return declared;
  return new CfnParameter(stack, id, {
    type,
    default: foundationParameters(stack.settings.parameterPrefix)[name],
    description: 'Path in Parameter Store, written by the foundation stack',
  });
}
