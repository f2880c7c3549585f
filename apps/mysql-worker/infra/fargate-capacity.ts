import type { MysqlWorkerSettings } from '@serverless-ops/settings';

/** The capacity that the settings choose, as RunTask is asked for it: a launch type, or a provider of the cluster. */
export const FARGATE_CAPACITY = {
  on_demand: { LaunchType: 'FARGATE' },
  spot: { CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }] },
} as const satisfies Record<MysqlWorkerSettings['capacity'], object>;

/** The same as an option of the AWS CLI. */
export const FARGATE_CAPACITY_OPTION = {
  on_demand: '--launch-type FARGATE',
  spot: '--capacity-provider-strategy capacityProvider=FARGATE_SPOT,weight=1',
} as const satisfies Record<MysqlWorkerSettings['capacity'], string>;
