import { JOB_KINDS, WORKER_JOB_NAMES, type WorkerJobName } from '@serverless-ops/job-schemas';
import type { ChoiceRule, State, States } from '@serverless-ops/workflow-kit';
import { runWorkerState, type RunWorkerProps, type RunWorkerTargets, type WorkerTask } from './run-worker-state.ts';

/**
 * A choice by the job, and for each job a state of its name that runs it: so its role, size and time limit are in the
 * definition, where nothing that a request says can change them. A job whose database is optional has two, because a
 * state cannot leave out what its input does not have.
 */
export function runJobStates(
  choice: string,
  props: RunWorkerProps,
  tasks: Readonly<Record<WorkerJobName, WorkerTask>>,
  targets: Omit<RunWorkerTargets, 'tookTooLong'>,
): States {
  const states: Record<string, State> = {};
  const choices: ChoiceRule[] = [];
  for (const job of WORKER_JOB_NAMES) {
    const isJob = { Variable: '$.job_name', StringEquals: job };
    if (!JOB_KINDS[job].needsDatabase) {
      const without = { And: [isJob, { Variable: '$.database', StringEquals: 'none' }] };
      add(`${job}_without_database`, without, job, false);
    }
    add(job, isJob, job, true);
  }
  return { [choice]: { Type: 'Choice', Choices: choices }, ...states };

  function add(name: string, rule: ChoiceRule, job: WorkerJobName, hasDatabase: boolean): void {
    const task = tasks[job];
    choices.push({ ...rule, Next: name });
    states[name] = runWorkerState(
      props,
      { task, hasDatabase, retryable: JOB_KINDS[job].retryable },
      { ...targets, tookTooLong: jobTookTooLong(job) },
    );
  }
}

/** The state that says that a job did not keep its time limit, and which setting raises the limit. */
export function jobTookTooLong(job: WorkerJobName): string {
  return `${job}_took_too_long`;
}
