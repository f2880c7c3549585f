/** Leaves how every task of a run ended where `.ci/run` adds it up, when that is what runs Nx. */
import { writeTaskStatuses } from '../setup/src/test-results.mjs';

export const name = 'task-statuses';

export function postTasksExecution(options, { workspaceRoot, taskResults }) {
  if (process.env['COLLECT_TASK_STATUSES'] === undefined) return;
  const statuses = Object.entries(taskResults).map(([id, { status }]) => [id, status]);
  writeTaskStatuses(workspaceRoot, Object.fromEntries(statuses));
}
