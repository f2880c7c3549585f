export { ReportFailedError, TaskTokenExpiredError } from './errors.ts';
export { startHeartbeat, type HeartbeatClock } from './heartbeat.ts';
export { DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry-policy.ts';
export { createTaskReporter, type TaskReporter } from './task-reporter.ts';
