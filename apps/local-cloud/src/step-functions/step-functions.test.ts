import { AwsError } from '../endpoint/aws-error.ts';
import type { BusEvent, CallService, Json, JsonObject, Principal } from '../endpoint/service.ts';
import { createStepFunctions, type Clock, type StepFunctions } from './index.ts';

const ROLE = 'arn:aws:iam::123456789012:role/worker-machine';
const ACCOUNT = { principal: { kind: 'account' }, requestId: 'test' } as const;

interface Recorded {
  service: string;
  action: string;
  input: JsonObject;
  principal: Principal;
}

/** A clock that stands still until it is told how much time has passed. */
function createManualClock(startMs = Date.parse('2026-11-22T02:00:00Z')) {
  const timers = new Set<{ atMs: number; action: () => void }>();
  let nowMs = startMs;
  const clock: Clock = {
    now: () => nowMs,
    after(delayMs, action) {
      const timer = { atMs: nowMs + delayMs, action };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  async function advance(ms: number): Promise<void> {
    const untilMs = nowMs + ms;
    for (;;) {
      await settle();
      const [next] = [...timers].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
      if (!next) break;
      timers.delete(next);
      nowMs = Math.max(nowMs, next.atMs);
      next.action();
    }
    nowMs = untilMs;
    await settle();
  }
  return { clock, advance, pendingTimers: () => timers.size };
}

/** Lets every promise that can go on go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function setUp(answer: (call: Recorded) => JsonObject = () => ({})) {
  const calls: Recorded[] = [];
  const events: BusEvent[] = [];
  const time = createManualClock();
  const callService: CallService = (service, action, input, principal) => {
    const call = { service, action, input, principal };
    calls.push(call);
    if (service === 'states') return call_(sfn, action, input);
    return Promise.resolve().then(() => answer(call));
  };
  const sfn = createStepFunctions({
    accountId: '123456789012',
    region: 'eu-central-1',
    callService,
    emitEvent: (event) => void events.push(event),
    clock: time.clock,
  });
  return { sfn, calls, events, ...time };
}

const call_ = async (sfn: StepFunctions, action: string, input: JsonObject): Promise<JsonObject> => {
  const run = sfn.actions[action];
  if (!run) throw new AwsError('UnknownOperationException', action);
  return run(input, ACCOUNT);
};

const workerMachine = {
  StartAt: 'Run worker',
  States: {
    'Run worker': {
      Type: 'Task',
      Resource: 'arn:aws:states:::ecs:runTask.waitForTaskToken',
      HeartbeatSeconds: 300,
      TimeoutSeconds: 21600,
      Parameters: {
        Cluster: 'serverlessops',
        LaunchType: 'FARGATE',
        TaskDefinition: 'serverlessops-mysql-worker',
        'StartedBy.$': '$$.Execution.Name',
        Overrides: {
          ContainerOverrides: [
            {
              Name: 'MysqlWorkerContainer',
              Environment: [
                { Name: 'TASK_TOKEN_ENV_VARIABLE', 'Value.$': '$$.Task.Token' },
                { Name: 'JOB_NAME', 'Value.$': '$.job_name' },
                { Name: 'JOB_OPTIONS', 'Value.$': 'States.JsonToString($.job_options)' },
              ],
            },
          ],
        },
      },
      End: true,
    },
  },
};

function tokenOf(call: Recorded | undefined): string {
  const text = JSON.stringify(call?.input);
  return /"TASK_TOKEN_ENV_VARIABLE","value":"([^"]+)"/.exec(text)?.[1] ?? '';
}

describe('a task that waits for its token', () => {
  it('runs the container as the role of the machine and ends with what the worker reports', async () => {
    const { sfn, calls, events } = setUp(() => ({
      tasks: [{ taskArn: 'arn:task', createdAt: 1795310689.812 }],
      failures: [],
    }));
    const arn = sfn.define({ name: 'worker', type: 'STANDARD', definition: workerMachine, roleArn: ROLE });
    expect(arn).toBe('arn:aws:states:eu-central-1:123456789012:stateMachine:worker');

    const input = { job_name: 'run_script', job_options: { args: ['say "hi"', 'C:\\dir'] } };
    const started = await call_(sfn, 'StartExecution', {
      stateMachineArn: arn,
      name: 'job-1',
      input: JSON.stringify(input),
    });
    expect(started).toEqual({
      executionArn: 'arn:aws:states:eu-central-1:123456789012:execution:worker:job-1',
      startDate: 1795312800,
    });
    await settle();

    expect(calls[0]).toMatchObject({
      service: 'ecs',
      action: 'RunTask',
      principal: { kind: 'role', roleArn: ROLE },
      input: { cluster: 'serverlessops', launchType: 'FARGATE', startedBy: 'job-1' },
    });
    const environment = (calls[0]?.input as Json as { overrides: { containerOverrides: { environment: object[] }[] } })
      .overrides.containerOverrides[0]?.environment;
    expect(environment?.[2]).toEqual({ name: 'JOB_OPTIONS', value: '{"args":["say \\"hi\\"","C:\\\\dir"]}' });

    await call_(sfn, 'SendTaskSuccess', { taskToken: tokenOf(calls[0]), output: '{"status":"job complete"}' });
    await settle();

    expect(await call_(sfn, 'DescribeExecution', { executionArn: started['executionArn'] ?? '' })).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"status":"job complete"}',
      startDate: 1795312800,
      stopDate: 1795312800,
    });
    expect(events.map(({ detail }) => detail['status'])).toEqual(['RUNNING', 'SUCCEEDED']);
    const history = await call_(sfn, 'GetExecutionHistory', { executionArn: started['executionArn'] ?? '' });
    expect(
      (history['events'] as JsonObject[]).map(({ id, previousEventId, type }) => [id, previousEventId, type]),
    ).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'TaskStateEntered'],
      [3, 2, 'TaskScheduled'],
      [4, 3, 'TaskStarted'],
      [5, 4, 'TaskSubmitted'],
      [6, 5, 'TaskSucceeded'],
      [7, 6, 'TaskStateExited'],
      [8, 7, 'ExecutionSucceeded'],
    ]);
  });
});
