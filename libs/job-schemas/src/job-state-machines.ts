import { JOB_NAMES, WORKER_JOB_NAMES, type JobName, type WorkerJobName } from './job-kinds.ts';

/** State machines that jobs run in, as keys of `resourceNames`, in the order in which a job is looked for. */
export const JOB_STATE_MACHINES = ['workerStateMachine', 'passwordStateMachine'] as const;

export type JobStateMachine = (typeof JOB_STATE_MACHINES)[number];

/** State machines of the kinds of job that have a workflow of their own. All others run in the worker's. */
const OWN_STATE_MACHINES: Readonly<Record<Exclude<JobName, WorkerJobName>, JobStateMachine>> = {
  password_change: 'passwordStateMachine',
};

const ROUTES: Readonly<Partial<Record<JobName, JobStateMachine>>> = {
  ...OWN_STATE_MACHINES,
  ...Object.fromEntries(WORKER_JOB_NAMES.map((job) => [job, 'workerStateMachine'])),
};

/** Which state machine runs a job. */
export const JOB_ROUTES = Object.fromEntries(JOB_NAMES.map((job) => [job, ROUTES[job]])) as Readonly<
  Record<JobName, JobStateMachine>
>;
