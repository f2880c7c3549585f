import { JOB_STATE_MACHINES } from '@serverless-ops/job-schemas';
import { resourceNames } from '@serverless-ops/names';
import { executionArn, type ApiDeployment } from './api-deployment.ts';
import { problemState } from './problem-state.ts';

const DONE = 'Done';

const NOT_FOUND = 'Sfn.ExecutionDoesNotExistException';

/** A state that copies a value that is there to a field of the answer. */
function copy(from: string, field: string, next: string) {
  return { Type: 'Pass', InputPath: from, ResultPath: `$.body.${field}`, Next: next };
}

/**
 * A state that keeps of everything only the answer so far, in `$.body`, and in `$.more` what is to become a part of it:
 * a payload template. Nothing is there twice: results are large, and a state passes 256 KiB.
 */
function keep(more: object) {
  return { Type: 'Pass', Parameters: { 'body.$': '$.body', more }, Next: 'AddTheRest' };
}

/** A state that goes on to the first `Next` whose variable is there and is a text. */
function whenText(branches: Readonly<Record<string, string>>, otherwise: string) {
  return {
    Type: 'Choice',
    Choices: Object.entries(branches).map(([Variable, Next]) => ({
      And: [
        { Variable, IsPresent: true },
        { Variable, IsString: true },
      ],
      Next,
    })),
    Default: otherwise,
  };
}

/** `DescribeWorkerExecution`: the state that looks for the job among the executions of a state machine. */
function describeState(machine: number): string {
  const name = JOB_STATE_MACHINES[machine] ?? '';
  return name && `Describe${name.charAt(0).toUpperCase()}${name.slice(1).replace('StateMachine', 'Execution')}`;
}

/** Each kind of job is executed by a state machine of its own, and an id does not say by which: they are asked in turn. */
function describeStates(deployment: Omit<ApiDeployment, 'roleArn'>): Readonly<Record<string, object>> {
  const names = resourceNames(deployment.namePrefix);
  const states = JOB_STATE_MACHINES.map((machine, index) => ({
    Type: 'Task',
    Resource: `arn:${deployment.partition}:states:::aws-sdk:sfn:describeExecution`,
    Parameters: { 'ExecutionArn.$': `States.Format('${executionArn(deployment, names[machine], '{}')}', $.id)` },
    Retry: [
      { ErrorEquals: [NOT_FOUND], MaxAttempts: 0 },
      { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, MaxAttempts: 1 },
    ],
    Catch: [{ ErrorEquals: [NOT_FOUND], ResultPath: null, Next: describeState(index + 1) || 'HasWaited' }],
    ResultPath: '$.execution',
    Next: 'DescribeJob',
  }));
  return Object.fromEntries(states.map((state, index) => [describeState(index), state]));
}

/**
 * The Express workflow behind `GET /jobs/{id}`, in States Language: reads the execution, and while it runs its
 * progress, and shapes both into the answer. Its input is `{ id, self, request_id }`, an empty id standing for a
 * malformed one; its output is the body of the answer, a job or a problem document.
 */
export function jobStatusDefinition(deployment: Omit<ApiDeployment, 'roleArn'>) {
  const { jobsTable } = resourceNames(deployment.namePrefix);
  const integration = (name: string): string => `arn:${deployment.partition}:states:::${name}`;
  return {
    Comment: 'Answers GET /jobs/{id}',
    StartAt: 'IsIdWellFormed',
    TimeoutSeconds: 25,
    States: {
      IsIdWellFormed: {
        Type: 'Choice',
        Choices: [{ Variable: '$.id', StringEquals: '', Next: 'IdIsMalformed' }],
        Default: describeState(0),
      },
      IdIsMalformed: problemState({
        problem: 'invalid-job-id',
        detail: 'A job id is 1 to 80 letters, digits, "_" and "-".',
      }),
      ...describeStates(deployment),
      HasWaited: {
        Type: 'Choice',
        Choices: [{ Variable: '$.waited', IsPresent: true, Next: 'JobIsUnknown' }],
        Default: 'WaitAMoment',
      },
      // An execution that was started a moment ago may not be found yet.
      WaitAMoment: { Type: 'Wait', Seconds: 1, Next: 'LookAgain' },
      LookAgain: { Type: 'Pass', Result: {}, ResultPath: '$.waited', Next: describeState(0) },
      JobIsUnknown: problemState({
        problem: 'job-not-found',
        detail: 'Check the id. The job was never started, or ended more than 90 days ago.',
      }),
      DescribeJob: {
        Type: 'Pass',
        Parameters: {
          'id.$': '$.id',
          'execution.$': '$.execution',
          'order.$': 'States.StringToJson($.execution.Input)',
          body: {
            'id.$': '$.id',
            'state.$': '$.execution.Status',
            'started_at.$': '$.execution.StartDate',
            links: { 'self.$': '$.self' },
          },
        },
        Next: 'HasJobName',
      },
      HasJobName: whenText({ '$.order.job_name': 'AddJobName' }, 'IsRunning'),
      AddJobName: copy('$.order.job_name', 'job_name', 'IsRunning'),
      IsRunning: {
        Type: 'Choice',
        Choices: [{ Variable: '$.execution.Status', StringEquals: 'RUNNING', Next: 'GetProgress' }],
        Default: 'AddStopTime',
      },

      GetProgress: {
        Type: 'Task',
        Resource: integration('dynamodb:getItem'),
        Parameters: {
          TableName: jobsTable,
          Key: { job_id: { 'S.$': '$.id' } },
          ProjectionExpression: 'progress',
        },
        ResultPath: '$.found',
        // A job's state is worth telling without its progress.
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: DONE }],
        Next: 'HasProgress',
      },
      HasProgress: whenText({ '$.found.Item.progress.S': 'KeepProgress' }, DONE),
      KeepProgress: keep({ 'progress.$': 'States.StringToJson($.found.Item.progress.S)' }),

      AddStopTime: copy('$.execution.StopDate', 'stopped_at', 'HasOutcome'),
      HasOutcome: whenText({ '$.execution.Output': 'KeepResult', '$.execution.Error': 'HasCause' }, DONE),
      KeepResult: keep({ 'result.$': 'States.StringToJson($.execution.Output)' }),
      HasCause: whenText({ '$.execution.Cause': 'KeepErrorAndCause' }, 'KeepError'),
      KeepErrorAndCause: keep({ error: { 'code.$': '$.execution.Error', 'cause.$': '$.execution.Cause' } }),
      KeepError: keep({ error: { 'code.$': '$.execution.Error' } }),

      AddTheRest: {
        Type: 'Pass',
        Parameters: { 'body.$': 'States.JsonMerge($.body, $.more, false)' },
        Next: DONE,
      },
      [DONE]: { Type: 'Pass', OutputPath: '$.body', End: true },
    },
  };
}
