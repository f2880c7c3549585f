import type { MysqlWorkerSettings } from '@serverless-ops/settings';

/**
 * The capacity that the settings choose, as the workflow asks RunTask for it. Step Functions' list of parameters for
 * `ecs:runTask` has LaunchType and not CapacityProviderStrategy. For spot capacity the workflow therefore names neither:
 * "If no capacityProviderStrategy or launchType is specified, the defaultCapacityProviderStrategy for the cluster is used"
 * (ECS API reference, RunTask). The foundation gives its cluster that strategy.
 */
export const FARGATE_CAPACITY = {
  on_demand: { LaunchType: 'FARGATE' },
  spot: {},
} as const satisfies Record<MysqlWorkerSettings['capacity'], object>;

/** The same as an option of the AWS CLI. It calls RunTask itself, which has both parameters. */
export const FARGATE_CAPACITY_OPTION = {
  on_demand: '--launch-type FARGATE',
  spot: '--capacity-provider-strategy capacityProvider=FARGATE_SPOT,weight=1',
} as const satisfies Record<MysqlWorkerSettings['capacity'], string>;
