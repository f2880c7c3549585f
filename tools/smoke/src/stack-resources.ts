import { DescribeStackResourcesCommand, type StackResource } from '@aws-sdk/client-cloudformation';
import type { Scene } from './scene.ts';

/** The resources of one type in a stack. */
export async function stackResources(scene: Scene, stack: string, type: string): Promise<StackResource[]> {
  const StackName = `${scene.namePrefix}-${stack}`;
  const { StackResources: all = [] } = await scene.aws.cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName }),
  );
  return all.filter(({ ResourceType }) => ResourceType === type);
}
