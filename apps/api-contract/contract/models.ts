import {
  JOB_KINDS,
  JOB_NAMES,
  JOB_OPTIONS_SCHEMAS,
  jobProgressSchema,
  pascalCase,
  type JobName,
} from '@serverless-ops/job-schemas';
import { contractSchema, type ContractSchema } from './contract-schema.ts';
import { jobRequestModel } from './job-request-model.ts';

const text = (description: string): ContractSchema => ({ type: 'string', description });
const time = (description: string): ContractSchema => ({ type: 'string', format: 'date-time', description });
const epochSeconds = (description: string): ContractSchema => ({ type: 'number', description });

function object(required: readonly string[], properties: Readonly<Record<string, ContractSchema>>): ContractSchema {
  return { type: 'object', required, properties };
}

/** States of a job: those of a Step Functions execution. */
export const JOB_STATES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

const id = text('Id of the job: name of its Step Functions execution, and in every line of its log');
const state: ContractSchema = { type: 'string', enum: JOB_STATES };
const links = object(['self'], { self: text('Path of the job') });

/** Form of the ARN of an execution: what the first version of this API calls a job. */
const EXECUTION_ARN = '^arn:[a-z-]+:states:[a-z0-9-]+:[0-9]{12}:execution:[A-Za-z0-9_-]{1,80}:[A-Za-z0-9_-]{1,80}$';

function resultModelName(job: JobName): string {
  return `${pascalCase(job)}Result`;
}

/** `components.schemas` of the document. API Gateway allows letters and digits in a model's name, nothing else. */
export function models(): Readonly<Record<string, ContractSchema>> {
  return {
    JobRequest: jobRequestModel(JOB_OPTIONS_SCHEMAS),
    JobAccepted: object(['id', 'state', 'links'], { id, state, links }),
    Job: object(['id', 'state', 'started_at', 'links'], {
      id,
      job_name: text('Absent only for an execution that was started by hand without one'),
      state,
      started_at: time('Start of the execution'),
      stopped_at: time('End of the execution; absent while it runs'),
      progress: contractSchema(jobProgressSchema),
      result: {
        type: 'object',
        description: `Only of a job that SUCCEEDED: ${JOB_NAMES.map(resultModelName).join(', ')}`,
      },
      error: object(['code'], {
        code: text('Stable name of what went wrong'),
        cause: text('What was being done, to what, and what to do next'),
      }),
      links,
    }),
    ...Object.fromEntries(JOB_NAMES.map((job) => [resultModelName(job), contractSchema(JOB_KINDS[job].result)])),
    Problem: object(['type', 'title', 'status', 'detail', 'instance'], {
      type: text('Stable name of the kind of problem'),
      title: text('The kind of problem in words'),
      status: { type: 'integer', description: 'Status of the HTTP response' },
      detail: text('What is wrong with this request, and what to do'),
      instance: text('The request, for questions to the operations team'),
      links,
    }),
    BackupRequest: jobRequestModel({ db_backup: JOB_OPTIONS_SCHEMAS.db_backup }),
    BackupStarted: object(['id', 'executionArn', 'startDate'], {
      id,
      executionArn: text('ARN of the execution'),
      startDate: epochSeconds('Start of the execution, Unix seconds'),
    }),
    BackupStatusRequest: {
      ...object(['executionArn'], { executionArn: { type: 'string', pattern: EXECUTION_ARN } }),
      additionalProperties: false,
    },
    BackupStatus: object(['id', 'status'], {
      id,
      status: object(['executionArn', 'startDate', 'status'], {
        executionArn: text('ARN of the execution'),
        startDate: epochSeconds('Start of the execution, Unix seconds'),
        stopDate: epochSeconds('End of the execution, Unix seconds; absent while it runs'),
        status: state,
        output: text('Result of the job as JSON text; only when it SUCCEEDED'),
        error: text('Stable name of what went wrong; only when it failed'),
        cause: text('What was being done, to what, and what to do next; only when it failed'),
      }),
    }),
  };
}
