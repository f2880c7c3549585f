import { JOB_ID_PATTERN, resourceNames } from '@serverless-ops/names';
import { executionArn, stateMachineArn, type ApiDeployment } from './api-deployment.ts';
import { expressAnswer } from './express-answer.ts';
import { mappingTemplate } from './mapping-template.ts';
import { operation } from './operation.ts';
import type { Refusal } from './refusal-template.ts';
import { stepFunctionsIntegration, THROTTLED } from './step-functions-integration.ts';

const JOB_ID = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Id of the job, as the answer to its order gave it',
  schema: { type: 'string', pattern: JOB_ID_PATTERN },
};

/** No job that was ordered here is so large; one that was started with another input, or stopped with a long cause, can be. */
const TOO_LARGE_TO_SHOW: Refusal = {
  errors: ['States.DataLimitExceeded'],
  problem: 'job-too-large',
  detail:
    'There is such a job, but its input and its result are more than 256 KiB. The operations team can read them with: aws stepfunctions describe-execution',
};

/** `GET /jobs/{id}`: how a job is, from the Express workflow that `jobStatusDefinition` describes. */
export function getJob(deployment: ApiDeployment) {
  const { jobStatusStateMachine } = resourceNames(deployment.namePrefix);
  return operation({
    operationId: 'getJob',
    summary: 'How a job is: its state, progress, result or error',
    parameters: [JOB_ID],
    responseModel: 'Job',
    status: 200,
    problems: ['invalid-job-id', 'job-not-found', 'job-too-large'],
    integration: stepFunctionsIntegration(deployment, {
      action: 'StartSyncExecution',
      request: mappingTemplate('get-job.request.vtl', {
        jobIdPattern: JOB_ID_PATTERN,
        stateMachineArn: stateMachineArn(deployment, jobStatusStateMachine),
      }),
      status: 200,
      response: expressAnswer("$input.path('$.output')", [TOO_LARGE_TO_SHOW]),
      refusals: [THROTTLED],
    }),
  });
}

/** `POST /db/backup/status`: the first version's way to ask how a backup is. */
export function getBackupStatus(deployment: ApiDeployment) {
  const { workerStateMachine } = resourceNames(deployment.namePrefix);
  return operation({
    operationId: 'getBackupStatus',
    summary: 'How a backup is (the first version of GET /jobs/{id})',
    requestModel: 'BackupStatusRequest',
    responseModel: 'BackupStatus',
    status: 200,
    problems: ['invalid-job-id', 'job-not-found'],
    integration: stepFunctionsIntegration(deployment, {
      action: 'DescribeExecution',
      request: mappingTemplate('backup-status.request.vtl', {
        jobIdPattern: JOB_ID_PATTERN,
        executionArnPrefix: executionArn(deployment, workerStateMachine, ''),
      }),
      status: 200,
      response: mappingTemplate('backup-status.response.vtl'),
      refusals: [
        THROTTLED,
        {
          errors: ['ExecutionDoesNotExist'],
          problem: 'job-not-found',
          detail: 'Check the executionArn. An execution is forgotten 90 days after its end.',
        },
        {
          errors: ['InvalidArn'],
          problem: 'invalid-job-id',
          detail: 'executionArn: send it as POST /db/backup answered it.',
        },
      ],
    }),
  });
}
