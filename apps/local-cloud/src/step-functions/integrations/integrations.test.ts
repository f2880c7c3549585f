import { settle } from '@serverless-ops/states-language';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Json, JsonObject } from '../../endpoint/service.ts';
import { callbackTask, createTestBed, type RecordedCall } from '../testing/test-bed.ts';

const task = (resource: string, parameters: JsonObject, more: JsonObject = {}) => ({
  Do: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters: parameters, End: true, ...more },
});

async function outcome(states: JsonObject, answer: (call: RecordedCall) => JsonObject, input: Json = {}) {
  const bed = createTestBed(answer);
  const { status, output, error, cause } = await bed.describe(await bed.run(states, input));
  return {
    status,
    output: typeof output === 'string' ? (JSON.parse(output) as JsonObject) : output,
    error,
    cause,
    calls: bed.calls,
  };
}

const refusing =
  (code: string, message = 'no') =>
  () => {
    throw new AwsError(code, message);
  };

const optimizedCause = (service: string, code: string) =>
  new RegExp(
    `^no \\(Service: ${service}; Status Code: 400; Error Code: ${code}; Request ID: [0-9a-f-]{36}; Proxy: null\\)$`,
  );

describe('ecs:runTask', () => {
  it.each([
    ['AccessDeniedException', 'ECS.AccessDeniedException'],
    ['InvalidParameterException', 'ECS.InvalidParameterException'],
    ['ClusterNotFoundException', 'ECS.ClusterNotFoundException'],
    ['ThrottlingException', 'ECS.AmazonECSException'],
  ])('fails on %s as %s', async (code, error) => {
    const result = await outcome({ Do: { ...callbackTask, End: true } }, refusing(code));
    expect(result).toMatchObject({ status: 'FAILED', error });
    expect(result.cause).toMatch(optimizedCause('AmazonECS', code));
  });

  it('fails when ECS could not place the task, unless no state waits for it', async () => {
    const failures = [{ arn: 'arn:c', reason: 'RESOURCE:MEMORY' }];
    const answer = () => ({ tasks: [], failures });
    expect(await outcome({ Do: { ...callbackTask, End: true } }, answer)).toMatchObject({
      error: 'AmazonECS.Unknown',
      cause: '[{"Arn":"arn:c","Reason":"RESOURCE:MEMORY"}]',
    });
    const fireAndForget = await outcome(task('ecs:runTask', { Cluster: 'ops' }), answer);
    expect(fireAndForget.output).toMatchObject({ Failures: [{ Arn: 'arn:c', Reason: 'RESOURCE:MEMORY' }], Tasks: [] });
  });

  it('writes a refused submission into the history', async () => {
    const bed = createTestBed(refusing('AccessDeniedException'));
    const execution = await bed.run({ Do: { ...callbackTask, End: true } });
    expect(await bed.history(execution)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitFailed',
      'ExecutionFailed',
    ]);
  });
});

it.each([
  [{ StartedBy: 'x' }, 'StartedBy'],
  [{ 'StartedBy.$': '$$.Execution.Name' }, 'StartedBy'],
  [{ ClientToken: 'x' }, 'ClientToken'],
  [{ Count: 2 }, 'Count'],
  [{ Tags: [] }, 'Tags'],
  [{ Overrides: { 'TaskRoleArn.$': '$.role' } }, 'Overrides.TaskRoleArn'],
])(
  'ecs:runTask with %j is refused when the machine is made: Step Functions does not hand it on',
  (parameters, field) => {
    const { sfn } = createTestBed();
    const states = task('ecs:runTask', { Cluster: 'ops', ...parameters });
    const definition = { StartAt: 'Do', States: states };
    expect(() => sfn.define({ name: 'm', type: 'STANDARD', definition, roleArn: 'arn' })).toThrow(
      `The field '${field}' is not supported by Step Functions at /States/Do/Parameters`,
    );
  },
);

describe('aws-sdk', () => {
  it('translates keys and timestamps of APIs that begin small', async () => {
    const answer = () => ({ tasks: [{ startedAt: 1795312800.25, cpu: '256', tags: [{ key: 'k', value: 'v' }] }] });
    const { calls, output } = await outcome(task('aws-sdk:ecs:describeTasks', { Cluster: 'c', Tasks: ['t'] }), answer);
    expect(calls[0]).toMatchObject({ service: 'ecs', action: 'DescribeTasks', input: { cluster: 'c', tasks: ['t'] } });
    expect(output).toEqual({
      Tasks: [{ StartedAt: '2026-11-22T02:00:00.250Z', Cpu: '256', Tags: [{ Key: 'k', Value: 'v' }] }],
    });
  });

  it('leaves the names of items alone', async () => {
    const item = { Item: { job_id: { S: 'j' }, createdAt: { N: '5' } } };
    const { output } = await outcome(task('aws-sdk:dynamodb:getItem', { TableName: 't' }), () => item);
    expect(output).toEqual(item);
  });

  it('describes an execution as GET /jobs needs it', async () => {
    const bed = createTestBed(() => ({ tasks: [], failures: [] }));
    const running = await bed.run({ Work: { ...callbackTask, End: true } }, { a: 1 });
    const execution = await bed.run(task('aws-sdk:sfn:describeExecution', { 'ExecutionArn.$': '$' }), running);
    expect(JSON.parse((await bed.describe(execution))['output'] as string)).toMatchObject({
      ExecutionArn: running,
      Input: '{"a":1}',
      Status: 'RUNNING',
      StartDate: '2026-11-22T02:00:00.000Z',
    });
  });

  it.each([
    ['sfn:describeExecution', 'ExecutionDoesNotExist', 'Sfn.ExecutionDoesNotExistException', 'Sfn'],
    ['ssm:getParameter', 'AccessDeniedException', 'Ssm.SsmException', 'Ssm'],
    ['ssm:getParameter', 'ParameterNotFound', 'Ssm.ParameterNotFoundException', 'Ssm'],
    ['dynamodb:putItem', 'ResourceNotFoundException', 'DynamoDb.ResourceNotFoundException', 'DynamoDb'],
    ['dynamodb:putItem', 'ValidationException', 'DynamoDb.DynamoDbException', 'DynamoDb'],
    ['ecs:stopTask', 'ClusterNotFoundException', 'Ecs.ClusterNotFoundException', 'Ecs'],
  ])('%s fails on %s as %s', async (resource, code, error, service) => {
    const bed = createTestBed(refusing(code));
    const arn = 'arn:aws:states:eu-central-1:123456789012:execution:machine:none';
    const states = task(`aws-sdk:${resource}`, { ExecutionArn: arn });
    const result = await bed.describe(await bed.run(states));
    expect(result).toMatchObject({ status: 'FAILED', error });
    expect(result['cause']).toMatch(
      new RegExp(`\\(Service: ${service}, Status Code: 400, Request ID: [0-9a-f-]{36}\\)$`),
    );
  });
});

describe('other optimized integrations', () => {
  it('sns:publish sends what is no text as JSON', async () => {
    const { calls, output } = await outcome(task('sns:publish', { TopicArn: 't', Message: { a: 1 } }), () => ({
      MessageId: 'm',
    }));
    expect(calls[0]).toMatchObject({ service: 'sns', action: 'Publish', input: { TopicArn: 't', Message: '{"a":1}' } });
    expect(output).toMatchObject({ MessageId: 'm', SdkHttpMetadata: { HttpStatusCode: 200 } });
  });

  it.each([
    ['dynamodb:putItem', 'ResourceNotFoundException', 'DynamoDB.ResourceNotFoundException', 'AmazonDynamoDBv2'],
    ['dynamodb:updateItem', 'ValidationException', 'DynamoDB.AmazonDynamoDBException', 'AmazonDynamoDBv2'],
    ['sns:publish', 'NotFound', 'SNS.NotFoundException', 'AmazonSNS'],
  ])('%s fails on %s as %s', async (resource, code, error, service) => {
    const result = await outcome(task(resource, { TableName: 't' }), refusing(code));
    expect(result.error).toBe(error);
    expect(result.cause).toMatch(optimizedCause(service, code));
  });

  it('lambda:invoke hands the payload over as JSON and takes the answer for JSON', async () => {
    const answer = () => ({ StatusCode: 200, Payload: '{"ok":true}', ExecutedVersion: '$LATEST' });
    const { calls, output } = await outcome(task('lambda:invoke', { FunctionName: 'f', 'Payload.$': '$' }), answer, {
      n: 1,
    });
    expect(calls[0]).toMatchObject({
      service: 'lambda',
      action: 'Invoke',
      input: { FunctionName: 'f', Payload: '{"n":1}' },
    });
    expect(output).toMatchObject({ Payload: { ok: true }, StatusCode: 200 });
  });

  it('lambda:invoke fails under the name of what the function threw', async () => {
    const payload = '{"errorType":"TooMany","errorMessage":"no"}';
    const answer = () => ({ StatusCode: 200, FunctionError: 'Unhandled', Payload: payload });
    expect(await outcome(task('lambda:invoke', { FunctionName: 'f' }), answer)).toMatchObject({
      error: 'TooMany',
      cause: payload,
    });
  });
});

describe('states:startExecution', () => {
  const setUp = async () => {
    const bed = createTestBed(() => ({ tasks: [], failures: [] }));
    const inner = (definition: JsonObject) =>
      bed.sfn.define({
        name: 'inner',
        type: 'STANDARD',
        definition: { StartAt: 'I', States: definition },
        roleArn: 'r',
      });
    return Promise.resolve({ bed, inner });
  };

  it('starts the other machine and goes on', async () => {
    const { bed, inner } = await setUp();
    const StateMachineArn = inner({ I: { ...callbackTask, End: true } });
    const execution = await bed.run(task('states:startExecution', { StateMachineArn, Name: 'n', Input: { a: 1 } }));
    expect(JSON.parse((await bed.describe(execution))['output'] as string)).toMatchObject({
      ExecutionArn: 'arn:aws:states:eu-central-1:123456789012:execution:inner:n',
    });
  });

  it('with .sync:2 ends with the output of the other machine', async () => {
    const { bed, inner } = await setUp();
    const StateMachineArn = inner({ I: { Type: 'Wait', Seconds: 60, End: true } });
    const execution = await bed.run(task('states:startExecution.sync:2', { StateMachineArn, Input: { a: 1 } }));
    expect((await bed.describe(execution))['status']).toBe('RUNNING');
    await bed.clock.advance(60_000);
    expect(JSON.parse((await bed.describe(execution))['output'] as string)).toMatchObject({
      Output: { a: 1 },
      Status: 'SUCCEEDED',
      StartDate: '2026-11-22T02:00:00.000Z',
      StopDate: '2026-11-22T02:01:00.000Z',
    });
  });

  it('with .sync:2 fails when the other machine does, and stops it when it is stopped itself', async () => {
    const { bed, inner } = await setUp();
    const failing = inner({ I: { Type: 'Fail', Error: 'Bad', Cause: 'because' } });
    const failed = await bed.describe(
      await bed.run(task('states:startExecution.sync:2', { StateMachineArn: failing })),
    );
    expect(failed['error']).toBe('States.TaskFailed');
    expect(JSON.parse(failed['cause'] as string)).toMatchObject({ Status: 'FAILED', Error: 'Bad', Cause: 'because' });

    const waiting = inner({ I: { ...callbackTask, End: true } });
    const outer = await bed.run(task('states:startExecution.sync:2', { StateMachineArn: waiting, Name: 'w' }));
    await bed.call('StopExecution', { executionArn: outer });
    await settle();
    const child = 'arn:aws:states:eu-central-1:123456789012:execution:inner:w';
    expect((await bed.describe(child))['status']).toBe('ABORTED');
  });

  it('fails as StepFunctions.StateMachineDoesNotExistException', async () => {
    const arn = 'arn:aws:states:eu-central-1:123456789012:stateMachine:none';
    const result = await outcome(task('states:startExecution', { StateMachineArn: arn }), () => ({}));
    expect(result.error).toBe('StepFunctions.StateMachineDoesNotExistException');
    expect(result.cause).toMatch(/^State Machine Does Not Exist: '.*' \(Service: AWSStepFunctions; /);
  });
});

it('lets no result through that is larger than 262,144 bytes', async () => {
  const answer = () => ({ StatusCode: 200, Payload: JSON.stringify('x'.repeat(262_144)) });
  const Catch = (name: string) => [{ ErrorEquals: [name], Next: 'Caught' }];
  const states = (name: string) => ({
    ...task('lambda:invoke', { FunctionName: 'f' }, { Catch: Catch(name) }),
    Caught: { Type: 'Pass', Result: 'caught', End: true },
  });
  expect(await outcome(states('States.ALL'), answer)).toMatchObject({
    status: 'FAILED',
    error: 'States.DataLimitExceeded',
    cause: "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
  });
  expect((await outcome(states('States.DataLimitExceeded'), answer)).output).toBe('caught');
});
