import type { JobName } from '@serverless-ops/job-schemas';
import type { resourceNames } from '@serverless-ops/names';

type StateMachineName = 'workerStateMachine';

/** Which state machine runs a job, as a key of {@link resourceNames}. A new job is one more line. */
export const JOB_ROUTES: Readonly<Record<JobName, StateMachineName & keyof ReturnType<typeof resourceNames>>> = {
  db_backup: 'workerStateMachine',
  run_script: 'workerStateMachine',
};
