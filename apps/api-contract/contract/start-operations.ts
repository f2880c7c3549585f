import { JOB_ID_PATTERN, resourceNames } from '@serverless-ops/names';
import { stateMachineArn, type ApiDeployment } from './api-deployment.ts';
import { JOB_ROUTES } from './job-routes.ts';
import { mappingTemplate } from './mapping-template.ts';
import { operation } from './operation.ts';
import type { Refusal } from './refusal-template.ts';
import { stepFunctionsIntegration, THROTTLED } from './step-functions-integration.ts';

/** Path of all jobs, whichever of the two paths a job was ordered at. The base path of a custom domain stays. */
const JOBS_PATH = "$context.path.replaceAll('(/db/backup|/jobs)/?$', '/jobs')";

const IDEMPOTENCY_KEY_RULE = 'Idempotency-Key: 1 to 80 letters, digits, "_" and "-", nothing else.';

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: `Becomes the id of the job: a request that is repeated with the same key starts nothing twice. ${IDEMPOTENCY_KEY_RULE}`,
  schema: { type: 'string', pattern: JOB_ID_PATTERN },
};

const REFUSALS: readonly Refusal[] = [
  THROTTLED,
  {
    errors: ['ExecutionLimitExceeded'],
    problem: 'too-many-requests',
    detail: 'Too many jobs are running. Repeat the request when some of them have ended.',
  },
  {
    errors: ['ExecutionAlreadyExists'],
    problem: 'job-exists',
    detail:
      'It has ended, or was ordered with another request. Follow links.self to it, or send another Idempotency-Key.',
    job: '$jobs/$key',
  },
  { errors: ['InvalidName'], problem: 'invalid-idempotency-key', detail: IDEMPOTENCY_KEY_RULE },
  {
    errors: ['InvalidExecutionInput', 'ValidationException'],
    problem: 'request-too-large',
    detail: 'Step Functions takes 256 KiB at most.',
  },
];

function startIntegration(deployment: ApiDeployment, answer: { status: number; response: string }) {
  const names = resourceNames(deployment.namePrefix);
  const idempotencyKey = mappingTemplate('idempotency-key.vtl');
  const stateMachines = Object.fromEntries(
    Object.entries(JOB_ROUTES).map(([job, machine]) => [job, stateMachineArn(deployment, names[machine])]),
  );
  return stepFunctionsIntegration(deployment, {
    action: 'StartExecution',
    request: mappingTemplate('start-job.request.vtl', {
      idempotencyKey,
      jobIdPattern: JOB_ID_PATTERN,
      stateMachines: JSON.stringify(stateMachines),
    }),
    ...answer,
    refusals: REFUSALS,
    refusalPreamble: `${idempotencyKey}#set($jobs = ${JOBS_PATH})\n`,
  });
}

/** `POST /jobs`: starts any job. */
export function startJob(deployment: ApiDeployment) {
  return operation({
    operationId: 'startJob',
    summary: 'Start a job',
    parameters: [IDEMPOTENCY_KEY],
    requestModel: 'JobRequest',
    responseModel: 'JobAccepted',
    status: 202,
    headers: { Location: { description: 'Path of the job', schema: { type: 'string' } } },
    problems: ['invalid-idempotency-key', 'job-exists', 'request-too-large'],
    integration: startIntegration(deployment, {
      status: 202,
      response: mappingTemplate('start-job.response.vtl', { jobsPath: JOBS_PATH }),
    }),
  });
}

/** `POST /db/backup`: the first version's way to start a backup. */
export function startBackup(deployment: ApiDeployment) {
  return operation({
    operationId: 'startBackup',
    summary: 'Start a backup (the first version of POST /jobs)',
    parameters: [IDEMPOTENCY_KEY],
    requestModel: 'BackupRequest',
    responseModel: 'BackupStarted',
    status: 200,
    problems: ['invalid-idempotency-key', 'job-exists', 'request-too-large'],
    integration: startIntegration(deployment, { status: 200, response: mappingTemplate('start-backup.response.vtl') }),
  });
}
