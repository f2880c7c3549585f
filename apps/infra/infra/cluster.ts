import type { OpsStack } from '@serverless-ops/cdk-kit';
import { CfnCluster } from 'aws-cdk-lib/aws-ecs';

/**
 * Where tasks run, unless the settings name a cluster. Container Insights are off: they are paid for by the metric,
 * also while nothing runs. Both providers are there from the start, so that a change of `capacity` is one of the worker
 * alone.
 */
export function createCluster(stack: OpsStack): void {
  if (stack.settings.clusterName !== undefined) return;
  new CfnCluster(stack, 'Cluster', {
    clusterName: stack.names.cluster,
    capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    clusterSettings: [{ name: 'containerInsights', value: 'disabled' }],
  });
}
