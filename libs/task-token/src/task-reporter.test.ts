import { SFNClient } from '@aws-sdk/client-sfn';
import { JobError } from '@serverless-ops/job-schemas';
import { startScriptedAwsEndpoint, type ScriptedAnswer, type ScriptedAwsEndpoint } from '@serverless-ops/test-servers';
import { createTaskReporter, ReportFailedError, TaskTokenExpiredError, type TaskReporter } from './index.ts';

const CUT: ScriptedAnswer = { fault: 'cut' };
const DELIVERED: ScriptedAnswer = { result: {} };
const THROTTLED: ScriptedAnswer = { error: 'ThrottlingException' };
const TIMED_OUT: ScriptedAnswer = { error: 'TaskTimedOut' };

describe('reporting to Step Functions', () => {
  let endpoint: ScriptedAwsEndpoint | undefined;
  let client: SFNClient | undefined;
  let delaysMs: number[];

  afterEach(async () => {
    client?.destroy();
    await endpoint?.stop();
  });

  /** One request for each attempt, unless told: the delays of the SDK's own retries are real time. */
  async function reporterFor(
    answers: ScriptedAnswer[],
    { sdkAttempts = 1, token = 'AAAA' } = {},
  ): Promise<TaskReporter> {
    endpoint = await startScriptedAwsEndpoint(answers);
    client = new SFNClient({ ...endpoint.clientConfig, maxAttempts: sdkAttempts });
    delaysMs = [];
    const retry = {
      attemptTimeoutMs: 2_000,
      random: () => 0.5,
      sleep: (delayMs: number) => Promise.resolve(delaysMs.push(delayMs)),
    };
    return createTaskReporter({ client, token, retry });
  }

  it('sends success with the result as JSON', async () => {
    const reporter = await reporterFor([DELIVERED]);

    await reporter.success({ status: 'job complete', rows: 3 });

    expect(endpoint?.recorded).toEqual([
      { operation: 'SendTaskSuccess', input: { taskToken: 'AAAA', output: '{"status":"job complete","rows":3}' } },
    ]);
  });

  it('sends failure with the code as the error and the message as the cause', async () => {
    const reporter = await reporterFor([DELIVERED]);

    await reporter.failure(new JobError('BucketNotFound', 'There is no bucket "b". Create it.'));

    expect(endpoint?.recorded).toEqual([
      {
        operation: 'SendTaskFailure',
        input: { taskToken: 'AAAA', error: 'BucketNotFound', cause: 'There is no bucket "b". Create it.' },
      },
    ]);
  });

  it('sends a heartbeat', async () => {
    const reporter = await reporterFor([DELIVERED]);

    await reporter.heartbeat();

    expect(endpoint?.recorded).toEqual([{ operation: 'SendTaskHeartbeat', input: { taskToken: 'AAAA' } }]);
  });

  it('sends no report when the token is localtest', async () => {
    const reporter = await reporterFor([], { token: 'localtest' });

    await reporter.heartbeat();
    await reporter.failure(new JobError('Stopped', 'stopped'));
    await reporter.success({});

    expect(endpoint?.recorded).toEqual([]);
  });

  it('takes a result of 262,144 bytes and refuses one of 262,145', async () => {
    const reporter = await reporterFor([DELIVERED]);

    await reporter.success({ a: 'x'.repeat(262_136) });
    const refused = reporter.success({ a: 'é' + 'x'.repeat(262_135) });

    await expect(refused).rejects.toMatchObject({
      code: 'InternalError',
      message: expect.stringContaining('has 262145 bytes') as string,
    });
    expect(endpoint?.recorded).toHaveLength(1);
  });

  it('never sends half of a character, wherever a long cause was cut', async () => {
    const reporter = await reporterFor([DELIVERED]);
    await reporter.failure(new JobError('ScriptFailed', 'x'.repeat(16_383) + '😀'));

    const cause = String(endpoint?.recorded[0]?.input['cause']);
    expect(cause).toMatch(/^x{16000,16384}/);
    expect(cause.isWellFormed()).toBe(true);
    expect(cause.length).toBeLessThanOrEqual(32_768);
  });

  it.each<[string, ScriptedAnswer]>([
    ['is throttled', THROTTLED],
    ['meets an error of the service', { error: 'InternalFailure', status: 500 }],
    ['meets a service that is unavailable', { error: 'ServiceUnavailable', status: 503 }],
    ['is cut off', CUT],
  ])('sends a report again that %s', async (_, refusal) => {
    const reporter = await reporterFor([refusal, refusal, DELIVERED]);

    await reporter.success({});

    expect(endpoint?.recorded.map((call) => call.operation)).toEqual(Array(3).fill('SendTaskSuccess'));
  });

  it('sends a report again that gets no answer in time', async () => {
    endpoint = await startScriptedAwsEndpoint([{ fault: 'silence' }, DELIVERED]);
    client = new SFNClient(endpoint.clientConfig);
    const retry = { attemptTimeoutMs: 100, sleep: () => Promise.resolve() };

    await createTaskReporter({ client, token: 'AAAA', retry }).success({});

    expect(endpoint.recorded).toHaveLength(2);
  });

  it('waits with full jitter, exponentially longer up to the limit, and gives up after eight attempts', async () => {
    const reporter = await reporterFor(Array(9).fill(THROTTLED) as ScriptedAnswer[]);

    await expect(reporter.success({})).rejects.toMatchObject({
      name: 'ReportFailedError',
      message: 'Could not report success to Step Functions: ThrottlingException: scripted ThrottlingException',
    });

    expect(delaysMs).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000]);
    expect(endpoint?.recorded).toHaveLength(8);
  });

  it('does not send a report again that is refused for good', async () => {
    const reporter = await reporterFor([{ error: 'AccessDeniedException', message: 'not authorized' }]);

    await expect(reporter.success({})).rejects.toMatchObject({
      name: 'ReportFailedError',
      message: 'Could not report success to Step Functions: AccessDeniedException: not authorized',
    });

    expect(endpoint?.recorded).toHaveLength(1);
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('tells by its own error of %s', async (error) => {
    const reporter = await reporterFor([{ error }, { error }, { error }]);

    await expect(reporter.success({})).rejects.toThrow(TaskTokenExpiredError);
    await expect(reporter.failure(new JobError('Stopped', 'stopped'))).rejects.toThrow(TaskTokenExpiredError);
    await expect(reporter.heartbeat()).rejects.toThrow(TaskTokenExpiredError);
  });

  it.each<[string, ScriptedAnswer[]]>([
    ['cut off, then TaskTimedOut', [CUT, TIMED_OUT]],
    ['cut off, then TaskDoesNotExist', [CUT, { error: 'TaskDoesNotExist' }]],
    ['an error of the service, then TaskTimedOut', [{ error: 'InternalFailure', status: 500 }, TIMED_OUT]],
    ['cut off, throttled, then TaskTimedOut', [CUT, THROTTLED, TIMED_OUT]],
  ])('takes a report as delivered whose reply was lost: %s', async (_, answers) => {
    const reporter = await reporterFor(answers);

    await reporter.success({});

    expect(endpoint?.recorded).toHaveLength(answers.length);
  });

  it('sees a reply that was lost in a retry of the SDK itself', async () => {
    const reporter = await reporterFor([CUT, TIMED_OUT], { sdkAttempts: 3 });

    await reporter.success({});

    expect(endpoint?.recorded).toHaveLength(2);
    expect(delaysMs).toEqual([]);
  });

  it.each<[string, ScriptedAnswer[]]>([
    ['throttled before, and so never applied', [THROTTLED, TIMED_OUT]],
    ['a token that was never valid', [CUT, { error: 'InvalidToken' }]],
  ])('does not take a report as delivered: %s', async (_, answers) => {
    const reporter = await reporterFor(answers);

    await expect(reporter.success({})).rejects.toThrow(TaskTokenExpiredError);
  });

  it('does not take a report as delivered that could not even connect before', async () => {
    const closed = await startScriptedAwsEndpoint();
    await closed.stop();
    endpoint = await startScriptedAwsEndpoint([TIMED_OUT]);
    let url = closed.clientConfig.endpoint;
    const where = () => {
      const { protocol, hostname, port } = new URL(url);
      return Promise.resolve({ protocol, hostname, port: Number(port), path: '/' });
    };
    client = new SFNClient({ ...endpoint.clientConfig, endpoint: where, maxAttempts: 1 });
    const open = endpoint.clientConfig.endpoint;
    const retry = { sleep: () => Promise.resolve((url = open)) };

    const report = createTaskReporter({ client, token: 'AAAA', retry }).success({});

    await expect(report).rejects.toThrow(TaskTokenExpiredError);
    expect(endpoint.recorded).toHaveLength(1);
  });

  it('never takes an expired token as a delivered heartbeat', async () => {
    const reporter = await reporterFor([CUT, TIMED_OUT], { sdkAttempts: 3 });

    await expect(reporter.heartbeat()).rejects.toThrow(TaskTokenExpiredError);
  });

  it('does not send a heartbeat again', async () => {
    const reporter = await reporterFor([THROTTLED, DELIVERED]);

    await expect(reporter.heartbeat()).rejects.toThrow(ReportFailedError);

    expect(endpoint?.recorded).toHaveLength(1);
  });
});
