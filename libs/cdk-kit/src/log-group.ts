import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { OpsStack } from './ops-stack.ts';

/**
 * A log group with the retention of the settings. It goes with its stack: a group that stayed would keep the stack
 * from being deployed again under the same name.
 */
export function createLogGroup(stack: OpsStack, id: string, logGroupName: string): LogGroup {
  return new LogGroup(stack, id, {
    logGroupName,
    retention: toRetentionDays(stack.settings.logRetentionDays),
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** CDK's enumeration holds the days that CloudWatch Logs takes, as the settings do. */
function toRetentionDays(days: number): RetentionDays {
  return RetentionDays[RetentionDays[days] as keyof typeof RetentionDays];
}
