import { settle } from '@serverless-ops/states-language';
import type { JsonObject } from '../../endpoint/service.ts';
import { callbackTask, createTestBed, ROLE, type TestBed } from '../testing/test-bed.ts';

const MACHINE = 'arn:aws:states:eu-central-1:123456789012:stateMachine:worker';
const EXECUTION = 'arn:aws:states:eu-central-1:123456789012:execution:worker';
const waiting = { StartAt: 'Work', States: { Work: { ...callbackTask, End: true } } };
const passing = { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } };

function withMachine(definition: JsonObject = waiting, type: 'EXPRESS' | 'STANDARD' = 'STANDARD'): TestBed {
  const bed = createTestBed(() => ({ tasks: [], failures: [] }));
  bed.sfn.define({ name: 'worker', type, definition, roleArn: ROLE });
  return bed;
}

describe('StartExecution', () => {
  it('answers the ARN and the time of the start in seconds', async () => {
    const { call } = withMachine();
    expect(await call('StartExecution', { stateMachineArn: MACHINE, name: 'job-1' })).toEqual({
      executionArn: `${EXECUTION}:job-1`,
      startDate: 1795312800,
    });
  });

  it('gives a name where none is sent', async () => {
    const { executionArn } = await withMachine().call('StartExecution', { stateMachineArn: MACHINE });
    expect(executionArn).toMatch(/:worker:[0-9a-f-]{36}$/);
  });

  it('answers a repeated call with the execution that it started', async () => {
    const { call, calls, clock } = withMachine();
    const request = { stateMachineArn: MACHINE, name: 'job-1', input: '{"a":1}' };
    const first = await call('StartExecution', request);
    await clock.advance(1000);
    expect(await call('StartExecution', request)).toEqual(first);
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['with another input', false, '{"a":2}'],
    ['once it has ended', true, '{"a":1}'],
  ])('refuses the name of an execution %s', async (_when, ended, input) => {
    const { call } = withMachine();
    await call('StartExecution', { stateMachineArn: MACHINE, name: 'job-1', input: '{"a":1}' });
    if (ended) await call('StopExecution', { executionArn: `${EXECUTION}:job-1` });
    await expect(call('StartExecution', { stateMachineArn: MACHINE, name: 'job-1', input })).rejects.toMatchObject({
      code: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${EXECUTION}:job-1'`,
      statusCode: 400,
    });
  });

  it.each([
    [{ name: 'with space' }, 'InvalidName'],
    [{ name: 'x'.repeat(81) }, 'InvalidName'],
    [{ name: '' }, 'InvalidName'],
    [{ name: 'a:b' }, 'InvalidName'],
    [{ input: 'not json' }, 'InvalidExecutionInput'],
    [{ input: '' }, 'InvalidExecutionInput'],
    [{ input: `"${'x'.repeat(262_143)}"` }, 'ValidationException'],
    [{ input: `"${'€'.repeat(87_381)}"` }, 'ValidationException'],
    [{ stateMachineArn: `${MACHINE}-none` }, 'StateMachineDoesNotExist'],
    [{ stateMachineArn: 'worker' }, 'InvalidArn'],
    [{ stateMachineArn: `${EXECUTION}:x` }, 'InvalidArn'],
    [{ input: 7 }, 'ValidationException'],
  ])('refuses %j as %s', async (more, code) => {
    const call = withMachine().call('StartExecution', { stateMachineArn: MACHINE, ...more });
    await expect(call).rejects.toMatchObject({ code });
  });

  it.each([
    ['a name of 80 characters', { name: 'x'.repeat(80) }],
    ['a name with a dot', { name: 'db_backup.2026-11' }],
    ['an input of 262,144 bytes', { input: `"${'x'.repeat(262_142)}"` }],
  ])('takes %s', async (_what, more) => {
    const { call } = withMachine(passing);
    const answer = await call('StartExecution', { stateMachineArn: MACHINE, ...more });
    expect(answer).toHaveProperty('executionArn');
  });

  it.each(['1', '"text"', 'null', '[]'])('takes the input %s', async (input) => {
    const { call } = withMachine(passing);
    await call('StartExecution', { stateMachineArn: MACHINE, name: 'n', input });
    await settle();
    expect(await call('DescribeExecution', { executionArn: `${EXECUTION}:n` })).toMatchObject({ output: input });
  });
});

describe('StartSyncExecution', () => {
  it('answers with the end of an Express execution', async () => {
    const { call, events } = withMachine(passing, 'EXPRESS');
    const { executionArn, ...answer } = await call('StartSyncExecution', {
      stateMachineArn: MACHINE,
      name: 'n',
      input: '{"a":1}',
    });
    expect(executionArn).toMatch(/:express:worker:n:[0-9a-f-]{36}$/);
    expect(answer).toEqual({
      stateMachineArn: MACHINE,
      name: 'n',
      startDate: 1795312800,
      stopDate: 1795312800,
      status: 'SUCCEEDED',
      input: '{"a":1}',
      inputDetails: { included: true },
      output: '{"a":1}',
      outputDetails: { included: true },
      billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: 100 },
    });
    expect(events).toEqual([]);
    await expect(call('DescribeExecution', { executionArn: executionArn ?? '' })).rejects.toMatchObject({
      code: 'InvalidArn',
      message: "Invalid Arn: 'Resource type not valid in this context: express'",
    });
  });

  it('answers a failure in the same way', async () => {
    const failing = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Bad', Cause: 'because' } } };
    const { call } = withMachine(failing, 'EXPRESS');
    expect(await call('StartSyncExecution', { stateMachineArn: MACHINE })).toMatchObject({
      status: 'FAILED',
      error: 'Bad',
      cause: 'because',
    });
  });

  it('is for Express machines alone', async () => {
    await expect(withMachine().call('StartSyncExecution', { stateMachineArn: MACHINE })).rejects.toMatchObject({
      code: 'StateMachineTypeNotSupported',
    });
  });
});

describe('DescribeExecution', () => {
  it('has no end while the execution runs', async () => {
    const { call } = withMachine();
    await call('StartExecution', { stateMachineArn: MACHINE, name: 'n', input: '{ "a": 1 }' });
    expect(await call('DescribeExecution', { executionArn: `${EXECUTION}:n` })).toEqual({
      executionArn: `${EXECUTION}:n`,
      stateMachineArn: MACHINE,
      name: 'n',
      status: 'RUNNING',
      startDate: 1795312800,
      input: '{ "a": 1 }',
      inputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
    });
  });

  it('does not know what never was', async () => {
    await expect(withMachine().call('DescribeExecution', { executionArn: `${EXECUTION}:none` })).rejects.toMatchObject({
      code: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${EXECUTION}:none'`,
    });
  });
});

describe('ListExecutions', () => {
  it('shows the newest first, in pages, by status', async () => {
    const { call } = withMachine();
    for (const name of ['a', 'b', 'c']) await call('StartExecution', { stateMachineArn: MACHINE, name });
    await call('StopExecution', { executionArn: `${EXECUTION}:b` });
    const list = async (more: JsonObject) => {
      const { executions, nextToken } = await call('ListExecutions', { stateMachineArn: MACHINE, ...more });
      return { names: (executions as JsonObject[]).map(({ name }) => name), nextToken };
    };

    expect(await list({})).toEqual({ names: ['c', 'b', 'a'], nextToken: undefined });
    expect((await list({ statusFilter: 'RUNNING' })).names).toEqual(['c', 'a']);
    const first = await list({ maxResults: 2 });
    expect(first.names).toEqual(['c', 'b']);
    expect(await list({ maxResults: 2, nextToken: first.nextToken ?? '' })).toEqual({
      names: ['a'],
      nextToken: undefined,
    });
    await expect(list({ nextToken: 'bm90aGluZw' })).rejects.toMatchObject({ code: 'InvalidToken' });
  });

  it('is not there for Express machines', async () => {
    const { call } = withMachine(passing, 'EXPRESS');
    await expect(call('ListExecutions', { stateMachineArn: MACHINE })).rejects.toMatchObject({
      code: 'StateMachineTypeNotSupported',
    });
  });
});

describe('GetExecutionHistory', () => {
  const start = async (bed: TestBed) => {
    await bed.call('StartExecution', { stateMachineArn: MACHINE, name: 'n', input: '{"a":1}' });
    await settle();
    return `${EXECUTION}:n`;
  };

  it('shows every event with its details', async () => {
    const bed = withMachine({
      StartAt: 'Work',
      States: {
        Work: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:ecs:listTasks',
          Parameters: { 'Cluster.$': '$.a' },
          TimeoutSeconds: 60,
          HeartbeatSeconds: 20,
          End: true,
        },
      },
    });
    const { events } = await bed.call('GetExecutionHistory', { executionArn: await start(bed) });
    const timestamp = 1795312800;
    const truncated = { truncated: false };
    const resource = { resourceType: 'aws-sdk:ecs', resource: 'listTasks' };
    const output = '{"Tasks":[],"Failures":[]}';
    expect(events).toEqual([
      {
        timestamp,
        type: 'ExecutionStarted',
        id: 1,
        previousEventId: 0,
        executionStartedEventDetails: { input: '{"a":1}', inputDetails: truncated, roleArn: ROLE },
      },
      {
        timestamp,
        type: 'TaskStateEntered',
        id: 2,
        previousEventId: 0,
        stateEnteredEventDetails: { name: 'Work', input: '{"a":1}', inputDetails: truncated },
      },
      {
        timestamp,
        type: 'TaskScheduled',
        id: 3,
        previousEventId: 2,
        taskScheduledEventDetails: {
          ...resource,
          region: 'eu-central-1',
          parameters: '{"Cluster":1}',
          timeoutInSeconds: 60,
          heartbeatInSeconds: 20,
        },
      },
      { timestamp, type: 'TaskStarted', id: 4, previousEventId: 3, taskStartedEventDetails: resource },
      {
        timestamp,
        type: 'TaskSucceeded',
        id: 5,
        previousEventId: 4,
        taskSucceededEventDetails: { ...resource, output, outputDetails: truncated },
      },
      {
        timestamp,
        type: 'TaskStateExited',
        id: 6,
        previousEventId: 5,
        stateExitedEventDetails: { name: 'Work', output, outputDetails: truncated },
      },
      {
        timestamp,
        type: 'ExecutionSucceeded',
        id: 7,
        previousEventId: 6,
        executionSucceededEventDetails: { output, outputDetails: truncated },
      },
    ]);
  });

  it('turns round, comes in pages, and leaves data out when asked to', async () => {
    const bed = withMachine(passing);
    const executionArn = await start(bed);
    const { events, nextToken } = await bed.call('GetExecutionHistory', {
      executionArn,
      reverseOrder: true,
      maxResults: 3,
    });
    expect((events as JsonObject[]).map(({ id }) => id)).toEqual([4, 3, 2]);
    const rest = await bed.call('GetExecutionHistory', {
      executionArn,
      reverseOrder: true,
      maxResults: 3,
      nextToken: nextToken ?? '',
    });
    expect((rest['events'] as JsonObject[]).map(({ id }) => id)).toEqual([1]);
    const bare = await bed.call('GetExecutionHistory', { executionArn, includeExecutionData: false });
    expect((bare['events'] as JsonObject[])[0]).toMatchObject({ executionStartedEventDetails: { roleArn: ROLE } });
    expect(JSON.stringify(bare)).not.toContain('input');
  });
});

describe('state machines', () => {
  it('are described as they were defined', async () => {
    const { call } = withMachine(passing);
    const common = {
      stateMachineArn: MACHINE,
      name: 'worker',
      definition: JSON.stringify(passing),
      roleArn: ROLE,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    };
    expect(await call('DescribeStateMachine', { stateMachineArn: MACHINE })).toEqual({
      ...common,
      status: 'ACTIVE',
      type: 'STANDARD',
      creationDate: 1795312800,
    });
    await call('StartExecution', { stateMachineArn: MACHINE, name: 'n' });
    expect(await call('DescribeStateMachineForExecution', { executionArn: `${EXECUTION}:n` })).toEqual({
      ...common,
      updateDate: 1795312800,
    });
    expect(await call('ListStateMachines', {})).toEqual({
      stateMachines: [{ stateMachineArn: MACHINE, name: 'worker', type: 'STANDARD', creationDate: 1795312800 }],
    });
  });

  it.each([
    ['{', /INVALID_JSON_DESCRIPTION/],
    ['[]', /not a JSON object/],
    [{ StartAt: 'A' }, /States/],
    [{ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } }, /B/],
    [
      { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Pass', End: true } } },
      /Only JSONPath is interpreted here/,
    ],
    [
      { StartAt: 'A', States: { A: { Type: 'Pass', Assign: { 'x.$': '$.y' }, End: true } } },
      /The field Assign is not interpreted here at \/States\/A/,
    ],
    [
      { StartAt: 'A', States: { A: { ...callbackTask, Resource: 'arn:aws:states:::sqs:sendMessage', End: true } } },
      /sqs:sendMessage is not offered here/,
    ],
    [
      { StartAt: 'A', States: { A: { ...callbackTask, HeartbeatSeconds: 60, TimeoutSeconds: 60, End: true } } },
      /HeartbeatSeconds must be smaller/,
    ],
    [
      { StartAt: 'A', States: { A: { ...callbackTask, Retry: [{ ErrorEquals: ['States.ALL', 'X'] }], End: true } } },
      /States.ALL must be alone and last/,
    ],
  ])('are refused when they are defined as %j', (definition, problem) => {
    const define = () =>
      createTestBed().sfn.define({ name: 'm', type: 'STANDARD', definition: definition, roleArn: ROLE });
    expect(define).toThrow(problem);
  });

  it('of type EXPRESS cannot wait for a token', () => {
    expect(() => withMachine(waiting, 'EXPRESS')).toThrow(
      /Express state machine does not support '.waitForTaskToken' service integration at \/States\/Work\/Resource/,
    );
  });
});

it('puts an event on the bus for every change of status', async () => {
  const { call, events } = withMachine(passing);
  await call('StartExecution', { stateMachineArn: MACHINE, name: 'n', input: '{"a":1}' });
  await settle();
  const running = {
    executionArn: `${EXECUTION}:n`,
    stateMachineArn: MACHINE,
    name: 'n',
    status: 'RUNNING',
    startDate: 1795312800000,
    stopDate: null,
    input: '{"a":1}',
    output: null,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    redriveCount: 0,
    redriveDate: null,
    inputDetails: { included: true },
    outputDetails: null,
    error: null,
    cause: null,
  };
  const event = {
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    resources: [`${EXECUTION}:n`],
  };
  expect(events).toEqual([
    { ...event, detail: running },
    {
      ...event,
      detail: {
        ...running,
        status: 'SUCCEEDED',
        stopDate: 1795312800000,
        output: '{"a":1}',
        outputDetails: { included: true },
      },
    },
  ]);
});
