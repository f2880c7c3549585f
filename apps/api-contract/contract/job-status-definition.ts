import { resourceNames } from '@serverless-ops/names';
import { executionArn, type ApiDeployment } from './api-deployment.ts';
import { problem, type ProblemName } from './problems.ts';

const DONE = 'Done';

/** A state that copies a value that is there to a field of the answer. */
function copy(from: string, field: string, next: string) {
  return { Type: 'Pass', InputPath: from, ResultPath: `$.body.${field}`, Next: next };
}

/** A state that turns JSON text into a value. It stands in `$.parsed.value`: an intrinsic cannot fill a field itself. */
function parse(from: string, next: string) {
  return {
    Type: 'Pass',
    Parameters: { 'value.$': `States.StringToJson(${from})` },
    ResultPath: '$.parsed',
    Next: next,
  };
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

function answerProblem(name: ProblemName, detail: string) {
  const { instance, ...document } = problem(name, detail);
  return {
    Type: 'Pass',
    Parameters: {
      ...document,
      'instance.$': `States.Format('${instance.replace('$context.requestId', '{}')}', $.request_id)`,
    },
    End: true,
  };
}

/**
 * The Express workflow behind `GET /jobs/{id}`, in States Language: reads the execution, and while it runs its
 * progress, and shapes both into the answer. Its input is `{ id, self, request_id }`, an empty id standing for a
 * malformed one; its output is the body of the answer, a job or a problem document.
 */
export function jobStatusDefinition(deployment: Omit<ApiDeployment, 'roleArn'>) {
  const { workerStateMachine, jobsTable } = resourceNames(deployment.namePrefix);
  const integration = (name: string): string => `arn:${deployment.partition}:states:::${name}`;
  return {
    Comment: 'Answers GET /jobs/{id}',
    StartAt: 'IsIdWellFormed',
    TimeoutSeconds: 25,
    States: {
      IsIdWellFormed: {
        Type: 'Choice',
        Choices: [{ Variable: '$.id', StringEquals: '', Next: 'IdIsMalformed' }],
        Default: 'DescribeExecution',
      },
      IdIsMalformed: answerProblem('invalid-job-id', 'A job id is 1 to 80 letters, digits, "_" and "-".'),
      DescribeExecution: {
        Type: 'Task',
        Resource: integration('aws-sdk:sfn:describeExecution'),
        Parameters: {
          'ExecutionArn.$': `States.Format('${executionArn(deployment, workerStateMachine, '{}')}', $.id)`,
        },
        // An execution that was started a moment ago may not be found yet; throttling passes as well.
        Retry: [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['Sfn.ExecutionDoesNotExistException'], ResultPath: null, Next: 'JobIsUnknown' }],
        ResultPath: '$.execution',
        Next: 'DescribeJob',
      },
      JobIsUnknown: answerProblem(
        'job-not-found',
        'Check the id. The job was never started, or ended more than 90 days ago.',
      ),
      DescribeJob: {
        Type: 'Pass',
        Parameters: {
          'id.$': '$.id',
          'execution.$': '$.execution',
          'input.$': 'States.StringToJson($.execution.Input)',
          body: {
            'id.$': '$.id',
            'state.$': '$.execution.Status',
            'started_at.$': '$.execution.StartDate',
            links: { 'self.$': '$.self' },
          },
        },
        Next: 'HasJobName',
      },
      HasJobName: whenText({ '$.input.job_name': 'AddJobName' }, 'IsRunning'),
      AddJobName: copy('$.input.job_name', 'job_name', 'IsRunning'),
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
      HasProgress: whenText({ '$.found.Item.progress.S': 'ParseProgress' }, DONE),
      ParseProgress: parse('$.found.Item.progress.S', 'AddProgress'),
      AddProgress: copy('$.parsed.value', 'progress', DONE),

      AddStopTime: copy('$.execution.StopDate', 'stopped_at', 'HasOutcome'),
      HasOutcome: whenText({ '$.execution.Output': 'ParseResult', '$.execution.Error': 'AddErrorCode' }, DONE),
      ParseResult: parse('$.execution.Output', 'AddResult'),
      AddResult: copy('$.parsed.value', 'result', DONE),
      AddErrorCode: copy('$.execution.Error', 'error.code', 'HasCause'),
      HasCause: whenText({ '$.execution.Cause': 'AddCause' }, DONE),
      AddCause: copy('$.execution.Cause', 'error.cause', DONE),

      [DONE]: { Type: 'Pass', OutputPath: '$.body', End: true },
    },
  };
}
