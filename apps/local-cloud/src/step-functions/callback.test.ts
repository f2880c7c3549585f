import { settle } from '@serverless-ops/states-language';
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonObject } from '../endpoint/service.ts';
import { callbackTask, createTestBed, ROLE, tokenOf } from './testing/test-bed.ts';

const started = () => ({ tasks: [{ taskArn: 'arn:task', createdAt: 1795312800.5 }], failures: [] });

const MINUTES = 60_000;

describe('a task that waits for its token', () => {
  it('runs the container as the role of the machine and ends with what the worker reports', async () => {
    const { run, call, calls, describe: look, history } = createTestBed(started);
    const execution = await run({ Work: { ...callbackTask, End: true } });
    expect(calls).toEqual([
      {
        service: 'ecs',
        action: 'RunTask',
        input: { cluster: 'ops', group: expect.stringMatching(/^[A-Za-z0-9+/=]{600,}$/) as string },
        principal: { kind: 'role', roleArn: ROLE, sessionName: execution.split(':').at(-1) },
      },
    ]);
    expect((await look(execution))['status']).toBe('RUNNING');

    await call('SendTaskSuccess', { taskToken: tokenOf(calls[0]), output: '{"status":"job complete"}' });
    await settle();

    expect(await look(execution)).toMatchObject({ status: 'SUCCEEDED', output: '{"status":"job complete"}' });
    expect(await history(execution)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('takes a report that comes before the container was even answered for', async () => {
    const {
      run,
      call,
      describe: look,
    } = createTestBed(async ({ input }) => {
      await call('SendTaskSuccess', { taskToken: input['group'] as string, output: '1' });
      return started();
    });
    const execution = await run({ Work: { ...callbackTask, End: true } });
    expect(await look(execution)).toMatchObject({ status: 'SUCCEEDED', output: '1' });
  });

  it('fails under the error and cause that the worker reports, as they are', async () => {
    const { run, call, calls, describe: look, history } = createTestBed(started);
    const execution = await run({
      Work: {
        ...callbackTask,
        Catch: [{ ErrorEquals: ['DumpFailed'], ResultPath: '$.failure', Next: 'Failed' }],
        End: true,
      },
      Failed: { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
    });
    await call('SendTaskFailure', { taskToken: tokenOf(calls[0]), error: 'DumpFailed', cause: 'It "ended" with 2' });
    await settle();
    expect(await look(execution)).toMatchObject({ status: 'FAILED', error: 'DumpFailed', cause: 'It "ended" with 2' });
    expect((await history(execution)).slice(5)).toEqual([
      'TaskFailed',
      'TaskStateExited',
      'FailStateEntered',
      'ExecutionFailed',
    ]);
  });

  it.each([
    ['SendTaskSuccess', { output: '1' }],
    ['SendTaskFailure', { error: 'X' }],
  ])('takes one report and refuses a second: %s', async (action, more) => {
    const { run, call, calls } = createTestBed(started);
    await run({ Work: { ...callbackTask, End: true } });
    const report = () => call(action, { taskToken: tokenOf(calls[0]), ...more });
    const [first, second] = await Promise.allSettled([report(), report()]);
    expect(first).toEqual({ status: 'fulfilled', value: {} });
    expect(second).toMatchObject({ reason: { code: 'TaskTimedOut' } });
  });

  it('gives each attempt a token of its own', async () => {
    const { run, call, calls, clock, describe: look } = createTestBed(started);
    const Retry = [{ ErrorEquals: ['UploadFailed'], IntervalSeconds: 10, BackoffRate: 2, MaxAttempts: 2 }];
    const execution = await run({ Work: { ...callbackTask, Retry, End: true } });
    await call('SendTaskFailure', { taskToken: tokenOf(calls[0]), error: 'UploadFailed' });
    await clock.advance(9_999);
    expect(calls).toHaveLength(1);
    await clock.advance(1);
    await call('SendTaskFailure', { taskToken: tokenOf(calls[1]), error: 'UploadFailed' });
    await clock.advance(20_000);
    expect(new Set(calls.map(tokenOf)).size).toBe(3);
    await expect(call('SendTaskHeartbeat', { taskToken: tokenOf(calls[1]) })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
    await call('SendTaskSuccess', { taskToken: tokenOf(calls[2]), output: '"third time"' });
    await settle();
    expect(await look(execution)).toMatchObject({ status: 'SUCCEEDED', output: '"third time"' });
  });
});

describe('heartbeats', () => {
  it('keep a task alive for as long as they come, and no longer', async () => {
    const { run, call, calls, clock, describe: look, history } = createTestBed(started);
    const execution = await run({ Work: { ...callbackTask, HeartbeatSeconds: 300, End: true } });
    for (const _beat of [1, 2, 3]) {
      await clock.advance(4 * MINUTES);
      await call('SendTaskHeartbeat', { taskToken: tokenOf(calls[0]) });
    }
    await clock.advance(5 * MINUTES - 1);
    expect((await look(execution))['status']).toBe('RUNNING');
    await clock.advance(1);
    expect(await look(execution)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect((await history(execution)).slice(5)).toEqual(['TaskTimedOut', 'ExecutionFailed']);
    await expect(call('SendTaskSuccess', { taskToken: tokenOf(calls[0]), output: '1' })).rejects.toEqual(
      new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'"),
    );
  });

  it('do not put off the timeout of the task', async () => {
    const { run, call, calls, clock, describe: look } = createTestBed(started);
    const execution = await run({ Work: { ...callbackTask, HeartbeatSeconds: 300, TimeoutSeconds: 600, End: true } });
    await clock.advance(4 * MINUTES);
    await call('SendTaskHeartbeat', { taskToken: tokenOf(calls[0]) });
    await clock.advance(4 * MINUTES);
    await call('SendTaskHeartbeat', { taskToken: tokenOf(calls[0]) });
    await clock.advance(2 * MINUTES);
    expect(await look(execution)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(clock.pendingTimers()).toBe(0);
  });

  it.each([
    ['States.HeartbeatTimeout', 'caught'],
    ['States.Timeout', 'caught'],
    ['States.ALL', 'caught'],
    ['States.TaskFailed', undefined],
  ])('that stop are caught as %s: %s', async (name, output) => {
    const { run, clock, describe: look } = createTestBed(started);
    const execution = await run(
      {
        Work: {
          ...callbackTask,
          HeartbeatSecondsPath: '$.beat',
          Catch: [{ ErrorEquals: [name], ResultPath: '$.failure', Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Pass', Result: 'caught', End: true },
      },
      { beat: 5 },
    );
    await clock.advance(5_000);
    expect((await look(execution))['output']).toBe(output && JSON.stringify(output));
  });

  it('that stop leave an error without a cause', async () => {
    const { run, clock, describe: look } = createTestBed(started);
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];
    const execution = await run({
      Work: { ...callbackTask, HeartbeatSeconds: 5, Catch, End: true },
      Caught: { Type: 'Pass', End: true },
    });
    await clock.advance(5_000);
    expect((await look(execution))['output']).toBe('{"Error":"States.Timeout","Cause":""}');
  });
});

describe('StopExecution', () => {
  it('ends a waiting task at once, and its token with it', async () => {
    const { run, call, calls, clock, events, history } = createTestBed(started);
    const execution = await run({ Work: { ...callbackTask, HeartbeatSeconds: 300, End: true } });
    await call('StopExecution', { executionArn: execution, error: 'Stopped', cause: 'by hand' });
    await settle();
    expect(await call('DescribeExecution', { executionArn: execution })).toMatchObject({
      status: 'ABORTED',
      error: 'Stopped',
      cause: 'by hand',
    });
    expect(await history(execution)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'ExecutionAborted',
    ]);
    await expect(call('SendTaskHeartbeat', { taskToken: tokenOf(calls[0]) })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
    expect(clock.pendingTimers()).toBe(0);
    expect(events.map(({ detail }) => detail['status'])).toEqual(['RUNNING', 'ABORTED']);
  });

  it('ends a wait for the next attempt without making it', async () => {
    const { run, call, calls, clock } = createTestBed(started);
    const execution = await run({ Work: { ...callbackTask, Retry: [{ ErrorEquals: ['States.ALL'] }], End: true } });
    await call('SendTaskFailure', { taskToken: tokenOf(calls[0]), error: 'X' });
    await settle();
    await call('StopExecution', { executionArn: execution });
    await clock.advance(5 * MINUTES);
    expect(calls).toHaveLength(1);
  });

  it('changes nothing about an execution that has ended', async () => {
    const { run, call, describe: look } = createTestBed();
    const execution = await run({ Done: { Type: 'Pass', End: true } });
    await call('StopExecution', { executionArn: execution });
    expect((await look(execution))['status']).toBe('SUCCEEDED');
  });
});

describe('close', () => {
  it('leaves nothing running', async () => {
    const { run, sfn, clock, describe: look } = createTestBed(started);
    const execution = await run(
      { Work: { ...callbackTask, HeartbeatSeconds: 300, TimeoutSeconds: 600, End: true } },
      {},
      { TimeoutSeconds: 900 },
    );
    await sfn.close();
    await settle();
    expect((await look(execution))['status']).toBe('ABORTED');
    expect(clock.pendingTimers()).toBe(0);
  });
});

describe('the timeout of the whole machine', () => {
  it('ends the execution as TIMED_OUT, whatever its states catch', async () => {
    const { run, clock, describe: look, history } = createTestBed(started);
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];
    const execution = await run(
      { Work: { ...callbackTask, Catch, End: true }, Caught: { Type: 'Pass', End: true } },
      {},
      { TimeoutSeconds: 60 },
    );
    await clock.advance(60_000);
    expect(await look(execution)).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect((await history(execution)).at(-1)).toBe('ExecutionTimedOut');
  });
});

describe('a report with a token', () => {
  const send = (action: string, more: JsonObject) => async (taskToken: string) =>
    createTestBed().call(action, { taskToken, ...more });
  const neverIssued = 'AQCIAAAAKgAAAAMAAAAAAAAAAQ'.padEnd(626, 'x');

  it.each([
    ['SendTaskSuccess', { output: '{}' }],
    ['SendTaskFailure', {}],
    ['SendTaskHeartbeat', {}],
  ])('%s is refused when no task waits for it', async (action, more) => {
    const report = send(action, more);
    await expect(report('localtest')).rejects.toEqual(new AwsError('InvalidToken', "Invalid Token: 'Invalid token'"));
    await expect(report(neverIssued)).rejects.toMatchObject({ code: 'TaskDoesNotExist' });
  });

  it('is refused when its output is no JSON', async () => {
    await expect(send('SendTaskSuccess', { output: 'done' })(neverIssued)).rejects.toMatchObject({
      code: 'InvalidOutput',
    });
  });

  it('is refused when error or cause are longer than AWS takes', async () => {
    const report = send('SendTaskFailure', { error: 'x'.repeat(257), cause: 'x'.repeat(32_769) });
    await expect(report(neverIssued)).rejects.toMatchObject({ code: 'ValidationException' });
  });

  it('tells which machine waits for it', async () => {
    const { run, calls, sfn } = createTestBed(started);
    await run({ Work: { ...callbackTask, End: true } });
    expect(sfn.stateMachineOfToken(tokenOf(calls[0]))).toBe(
      'arn:aws:states:eu-central-1:123456789012:stateMachine:machine',
    );
    expect(sfn.stateMachineOfToken(neverIssued)).toBeUndefined();
  });
});
