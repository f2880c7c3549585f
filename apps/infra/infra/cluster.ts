import type { OpsStack } from '@serverless-ops/cdk-kit';
import { CfnCluster } from 'aws-cdk-lib/aws-ecs';

/**
 * Where tasks run, unless the settings name a cluster. Container Insights are off: they are paid for by the metric,
 * also while nothing runs.
 *
 * For spot capacity the cluster has FARGATE_SPOT as its default strategy. Step Functions does not hand a strategy on to
 * RunTask, and ECS takes the default one for a task that names neither a strategy nor a launch type.
 *
 * A cluster has capacity providers only for spot capacity. To attach them, ECS needs its service-linked role, and an
 * account that has never used ECS does not have it: CloudFormation then fails with "Unable to assume the service linked
 * role" (aws-cloudformation/cloudformation-coverage-roadmap#818). A launch type needs neither.
 */
export function createCluster(stack: OpsStack): void {
  const { clusterName, mysqlWorker } = stack.settings;
  if (clusterName !== undefined) return;
  new CfnCluster(stack, 'Cluster', {
    clusterName: stack.names.cluster,
    ...(mysqlWorker.capacity === 'spot' && {
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    }),
    clusterSettings: [{ name: 'containerInsights', value: 'disabled' }],
  });
}
