import { JOB_RECORD_SECONDS, resourceNames } from '@serverless-ops/names';
import type { ApiDeployment } from './api-deployment.ts';
import { problemState } from './problem-state.ts';

const NAME_IS_TAKEN = 'DynamoDB.ConditionalCheckFailedException';
const JOB_EXISTS = 'Sfn.ExecutionAlreadyExistsException';
const TOO_MANY_JOBS = 'Sfn.ExecutionLimitExceededException';

/** Called again after what may pass by itself; what `final` names stays as it is. */
function retry(final: readonly string[]) {
  return [
    ...(final.length > 0 ? [{ ErrorEquals: final, MaxAttempts: 0 }] : []),
    { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 2, JitterStrategy: 'FULL' },
  ];
}

/**
 * The Express workflow behind `POST /jobs` and `POST /db/backup`, in States Language. An id names one job, whichever
 * state machine runs it: so it is first put on record with the kind of the job, then the job is started. An order that
 * is repeated finds its kind on record and goes on, whether the first one got as far as starting the job or not; Step
 * Functions itself then compares the two orders. Another kind under the same id is refused.
 *
 * Its input is `{ id, order, job_name, self, request_id, ordered_at, job_state_machine }`: an empty id stands for a
 * malformed one, `order` is the job's input as text, `ordered_at` is in Unix seconds. Its output is
 * `{ id, execution_arn, ordered_at }` or a problem document.
 */
export function startJobDefinition({ partition, namePrefix }: Pick<ApiDeployment, 'partition' | 'namePrefix'>) {
  const { jobsTable } = resourceNames(namePrefix);
  const integration = (name: string): string => `arn:${partition}:states:::${name}`;
  const unavailable = [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Unavailable' }];
  return {
    Comment: 'Answers POST /jobs and POST /db/backup',
    StartAt: 'IsKeyWellFormed',
    TimeoutSeconds: 25,
    States: {
      IsKeyWellFormed: {
        Type: 'Choice',
        Choices: [{ Variable: '$.id', StringEquals: '', Next: 'KeyIsMalformed' }],
        Default: 'RecordName',
      },
      KeyIsMalformed: problemState({
        problem: 'invalid-idempotency-key',
        detail: 'Idempotency-Key: 1 to 80 letters, digits, "_" and "-", nothing else.',
      }),

      RecordName: {
        Type: 'Task',
        Resource: integration('dynamodb:putItem'),
        Parameters: {
          TableName: jobsTable,
          Item: {
            job_id: { 'S.$': '$.id' },
            job_name: { 'S.$': '$.job_name' },
            ordered_at: { 'N.$': '$.ordered_at' },
            expires_at: {
              // MathAdd takes whole numbers below 2^31: seconds reach that in 2038.
              'N.$': `States.Format('{}', States.MathAdd(States.StringToJson($.ordered_at), ${JOB_RECORD_SECONDS}))`,
            },
          },
          ConditionExpression: 'attribute_not_exists(job_id)',
        },
        ResultPath: null,
        Retry: retry([NAME_IS_TAKEN]),
        Catch: [{ ErrorEquals: [NAME_IS_TAKEN], ResultPath: null, Next: 'ReadRecord' }, ...unavailable],
        Next: 'StartJob',
      },
      ReadRecord: {
        Type: 'Task',
        Resource: integration('dynamodb:getItem'),
        Parameters: {
          TableName: jobsTable,
          Key: { job_id: { 'S.$': '$.id' } },
          ConsistentRead: true,
          ProjectionExpression: 'job_name, ordered_at',
        },
        ResultPath: '$.record',
        Retry: retry([]),
        Catch: unavailable,
        Next: 'IsSameKind',
      },
      IsSameKind: {
        Type: 'Choice',
        Choices: [
          // A job that was started past the API has at most its progress on record.
          { Variable: '$.record.Item.job_name.S', IsPresent: false, Next: 'JobExists' },
          { Variable: '$.record.Item.job_name.S', StringEqualsPath: '$.job_name', Next: 'TakeUpOrder' },
        ],
        Default: 'KeyNamesAnotherKind',
      },
      TakeUpOrder: {
        Type: 'Pass',
        InputPath: '$.record.Item.ordered_at.N',
        ResultPath: '$.ordered_at',
        Next: 'StartJob',
      },
      KeyNamesAnotherKind: problemState({
        problem: 'job-exists',
        detail: 'This key names a {} already. Follow links.self to it, or send another Idempotency-Key.',
        values: ['$.record.Item.job_name.S'],
        job: '$.self',
      }),

      StartJob: {
        Type: 'Task',
        Resource: integration('aws-sdk:sfn:startExecution'),
        Parameters: { 'StateMachineArn.$': '$.job_state_machine', 'Name.$': '$.id', 'Input.$': '$.order' },
        ResultPath: '$.execution',
        Retry: retry([JOB_EXISTS, TOO_MANY_JOBS]),
        Catch: [
          { ErrorEquals: [JOB_EXISTS], ResultPath: null, Next: 'JobExists' },
          { ErrorEquals: [TOO_MANY_JOBS], ResultPath: null, Next: 'TooManyJobs' },
          ...unavailable,
        ],
        Next: 'JobIsStarted',
      },
      JobExists: problemState({
        problem: 'job-exists',
        detail:
          'It has ended, or was ordered with another request. Follow links.self to it, or send another Idempotency-Key.',
        job: '$.self',
      }),
      TooManyJobs: problemState({
        problem: 'too-many-requests',
        detail: 'Too many jobs are running. Repeat the request when some of them have ended.',
      }),
      Unavailable: problemState({
        problem: 'unavailable',
        detail:
          'The job could not be started now. Repeat the request a little later; with an Idempotency-Key no job runs twice.',
      }),
      JobIsStarted: {
        Type: 'Pass',
        Parameters: {
          'id.$': '$.id',
          'execution_arn.$': '$.execution.ExecutionArn',
          'ordered_at.$': '$.ordered_at',
        },
        End: true,
      },
    },
  };
}
