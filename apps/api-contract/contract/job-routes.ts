import type { JobName } from '@serverless-ops/job-schemas';
import type { resourceNames } from '@serverless-ops/names';

/** State machines that jobs run in, as keys of {@link resourceNames}, in the order in which a job is looked for. */
export const JOB_STATE_MACHINES = [
  'workerStateMachine',
  'passwordStateMachine',
] as const satisfies readonly (keyof ReturnType<typeof resourceNames>)[];

/** Which state machine runs a job. A new job is one more line. */
export const JOB_ROUTES: Readonly<Record<JobName, (typeof JOB_STATE_MACHINES)[number]>> = {
  db_backup: 'workerStateMachine',
  run_script: 'workerStateMachine',
  password_change: 'passwordStateMachine',
};
