import type { OpsStack } from '@serverless-ops/cdk-kit';
import { foundationParameters } from '@serverless-ops/names';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { StringListParameter, StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { TargetNetwork } from './target-network.ts';

/** What only the deploy knows, for the stacks after this one: they read it from Parameter Store. */
export function createFoundationParameters(
  stack: OpsStack,
  { network, key, topic }: { network: TargetNetwork; key: IKey; topic: ITopic },
): void {
  const paths = foundationParameters(stack.settings.parameterPrefix);
  write('VpcId', paths.vpcId, network.vpcId);
  write('KeyArn', paths.keyArn, key.keyArn);
  write('TopicArn', paths.topicArn, topic.topicArn);
  new StringListParameter(stack, 'SubnetIds', {
    parameterName: paths.subnetIds,
    stringListValue: [...network.subnetIds],
  });

  function write(id: string, parameterName: string, stringValue: string): void {
    new StringParameter(stack, id, { parameterName, stringValue });
  }
}
