import { JOB_ROUTES, JOB_OPTIONS_SCHEMAS } from '@serverless-ops/job-schemas';
import { JOB_ID_PATTERN, resourceNames } from '@serverless-ops/names';
import { stateMachineArn, type ApiDeployment } from './api-deployment.ts';
import { expressAnswer } from './express-answer.ts';
import { jobOptionNames } from './job-request-model.ts';
import { mappingTemplate } from './mapping-template.ts';
import { operation } from './operation.ts';
import type { ProblemName } from './problems.ts';
import { stepFunctionsIntegration, THROTTLED } from './step-functions-integration.ts';

/** Path of all jobs, whichever of the two paths a job was ordered at. The base path of a custom domain stays. */
const JOBS_PATH = "$context.path.replaceAll('(/db/backup|/jobs)/?$', '/jobs')";

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Becomes the id of the job: a request that is repeated with the same key starts nothing twice. Idempotency-Key: 1 to 80 letters, digits, "_" and "-", nothing else.',
  schema: { type: 'string', pattern: JOB_ID_PATTERN },
};

const PROBLEMS_OF_ORDERS: readonly ProblemName[] = ['invalid-idempotency-key', 'job-exists', 'request-too-large'];

function startIntegration(deployment: ApiDeployment, answer: { status: number; response: string }) {
  const names = resourceNames(deployment.namePrefix);
  const stateMachines = Object.fromEntries(
    Object.entries(JOB_ROUTES).map(([job, machine]) => [job, stateMachineArn(deployment, names[machine])]),
  );
  return stepFunctionsIntegration(deployment, {
    action: 'StartSyncExecution',
    request: mappingTemplate('start-job.request.vtl', {
      idempotencyKey: mappingTemplate('idempotency-key.vtl'),
      jobIdPattern: JOB_ID_PATTERN,
      jobsPath: JOBS_PATH,
      options: jobOptionNames(JOB_OPTIONS_SCHEMAS)
        .map((name) => mappingTemplate('start-job.option.vtl', { name }))
        .join(''),
      stateMachineArn: stateMachineArn(deployment, names.startJobStateMachine),
      stateMachines: JSON.stringify(stateMachines),
    }),
    status: answer.status,
    response: expressAnswer(answer.response),
    refusals: [
      THROTTLED,
      {
        errors: ['InvalidExecutionInput', 'ValidationException'],
        problem: 'request-too-large',
        detail: 'Step Functions takes 256 KiB at most.',
      },
    ],
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
    problems: PROBLEMS_OF_ORDERS,
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
    problems: PROBLEMS_OF_ORDERS,
    integration: startIntegration(deployment, { status: 200, response: mappingTemplate('start-backup.response.vtl') }),
  });
}
