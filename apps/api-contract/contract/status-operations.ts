import { JOB_ID_PATTERN, resourceNames } from '@serverless-ops/names';
import { executionArn, stateMachineArn, type ApiDeployment } from './api-deployment.ts';
import { mappingTemplate } from './mapping-template.ts';
import { operation } from './operation.ts';
import { PROBLEM_MEDIA_TYPE } from './problems.ts';
import { stepFunctionsIntegration, THROTTLED, UNAVAILABLE } from './step-functions-integration.ts';

const JOB_ID = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Id of the job, as the answer to its order gave it',
  schema: { type: 'string', pattern: JOB_ID_PATTERN },
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
    problems: ['invalid-job-id', 'job-not-found'],
    integration: stepFunctionsIntegration(deployment, {
      action: 'StartSyncExecution',
      request: mappingTemplate('get-job.request.vtl', {
        jobIdPattern: JOB_ID_PATTERN,
        stateMachineArn: stateMachineArn(deployment, jobStatusStateMachine),
      }),
      status: 200,
      response: mappingTemplate('get-job.response.vtl', {
        problemMediaType: PROBLEM_MEDIA_TYPE,
        unavailable: JSON.stringify(UNAVAILABLE, undefined, 2),
        unavailableStatus: String(UNAVAILABLE.status),
      }),
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
