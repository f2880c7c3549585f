import { WORKER_JOB_NAMES, type WorkerJobName } from '@serverless-ops/job-schemas';
import {
  checkRequestStates,
  endStates,
  failure,
  FAILED,
  SUCCEEDED,
  type StateMachineDefinition,
} from '@serverless-ops/workflow-kit';
import { NAME_FAILURE, nameFailureStates } from './name-failure.ts';
import { HEARTBEAT_SECONDS, JOB_RETRIES, type RunWorkerProps, type WorkerTask } from './run-worker-state.ts';
import { jobTookTooLong, runJobStates } from './run-job-states.ts';

export interface WorkerWorkflowProps extends RunWorkerProps {
  readonly tasks: Readonly<Record<WorkerJobName, WorkerTask>>;
  readonly topicArn: string;
  /** Where the reader of a failure finds the job's log. */
  readonly logGroupName: string;
}

/** Time for starting containers, retrying and notifying, beside the work itself. */
const OVERHEAD_SECONDS = 3600;

/**
 * The worker workflow in Amazon States Language (JSONPath): check the request, run the job in a container, tell the
 * topic, end with the worker's result or its error. Between the states: `job_name`, `job_options`, `database` (for
 * people), then `result` or `failure`.
 */
export function workerWorkflow(props: WorkerWorkflowProps): StateMachineDefinition {
  const { partition, topicArn, logGroupName, tasks } = props;
  const readLog = `Read its log (log group ${logGroupName}, the lines with this job id)`;
  const longestHours = Math.max(...Object.values(tasks).map(({ timeoutHours }) => timeoutHours));
  return {
    Comment: 'Runs one MySQL job in a container, and tells how it ended',
    StartAt: 'CheckRequest',
    TimeoutSeconds: (1 + JOB_RETRIES) * longestHours * 3600 + OVERHEAD_SECONDS,
    States: {
      ...checkRequestStates(WORKER_JOB_NAMES, {
        forDatabase: 'ForDatabase',
        withoutDatabase: 'WithoutDatabase',
        refused: FAILED,
      }),
      ForDatabase: {
        Type: 'Pass',
        Parameters: {
          'job_name.$': '$.job_name',
          'job_options.$': '$.job_options',
          'database.$': "States.Format('{}/{}', $.job_options.db_name, $.job_options.db_env)",
        },
        Next: 'ChooseJob',
      },
      WithoutDatabase: {
        Type: 'Pass',
        Parameters: { 'job_name.$': '$.job_name', 'job_options.$': '$.job_options', database: 'none' },
        Next: 'ChooseJob',
      },
      ...runJobStates('ChooseJob', props, tasks, {
        succeeded: SUCCEEDED,
        fellSilent: 'WorkerFellSilent',
        failed: NAME_FAILURE,
      }),
      ...nameFailureStates(),
      WorkerFellSilent: failure(
        'WorkerLost',
        `The worker sent no heartbeat for ${HEARTBEAT_SECONDS} seconds, so it hangs or is gone; its container is stopped. ` +
          `${readLog}, and order the job again.`,
      ),
      ...Object.fromEntries(
        WORKER_JOB_NAMES.map((job) => [
          jobTookTooLong(job),
          failure(
            'WorkerLost',
            `The job was not complete after ${tasks[job].timeoutHours} hours; its container is stopped. ${readLog}. ` +
              `If it only needs longer, set a higher tasks.fargate.mysql_worker.jobs.${job}.timeout_hours in settings.yml.`,
          ),
        ]),
      ),
      ...endStates({ partition, topicArn, resultPath: '$.result' }),
    },
  };
}
