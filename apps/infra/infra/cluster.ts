import type { OpsStack } from '@serverless-ops/cdk-kit';
import { CfnCluster } from 'aws-cdk-lib/aws-ecs';

/** Where tasks run. Container Insights are off: they are paid for by the metric, also while nothing runs. */
export function createCluster(stack: OpsStack): CfnCluster {
  return new CfnCluster(stack, 'Cluster', {
    clusterName: stack.names.cluster,
    capacityProviders: ['FARGATE'],
    clusterSettings: [{ name: 'containerInsights', value: 'disabled' }],
  });
}
