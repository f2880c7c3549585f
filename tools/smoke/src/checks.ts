import type { Check } from './check.ts';
import { findAlarm } from './checks/find-alarm.ts';
import { findSubscribers } from './checks/find-subscribers.ts';
import { orderOverApi } from './checks/order-over-api.ts';
import { orderOverWorkflow } from './checks/order-over-workflow.ts';
import { readLog } from './checks/read-log.ts';
import { readStacks } from './checks/read-stacks.ts';
import { refuseRequests } from './checks/refuse-requests.ts';
import { runTask } from './checks/run-task.ts';
import { stopJob } from './checks/stop-job.ts';
import { writeParameters } from './checks/write-parameters.ts';

/** What is checked, in this order: a later check may use what an earlier one found out. */
export const CHECKS: readonly Check[] = [
  readStacks,
  findSubscribers,
  findAlarm,
  writeParameters,
  refuseRequests,
  orderOverApi,
  readLog,
  orderOverWorkflow,
  runTask,
  stopJob,
];
