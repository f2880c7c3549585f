import { sleep } from './clock.ts';
import { createManualClock } from './manual-clock.ts';
import { runDefinition } from './run-definition.ts';
import { StatesError } from './states-error.ts';

const SECOND = 1000;

const machine = (task: object) => ({ StartAt: 'Work', States: { Work: { Type: 'Task', ...task, End: true } } });
const invoke = {
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'f', 'Payload.$': '$.payload' },
};
const callback = {
  Resource: 'arn:aws:states:::ecs:runTask.waitForTaskToken',
  Parameters: { Cluster: 'ops', TaskDefinition: 'worker', 'Group.$': '$$.Task.Token' },
};

describe('a run of a definition', () => {
  it('shows the states, what they called, and the output', async () => {
    const definition = {
      StartAt: 'Prepare',
      States: { Prepare: { Type: 'Pass', Next: 'Work' }, Work: { Type: 'Task', ...invoke, End: true } },
    };

    const run = await runDefinition(definition, { input: { payload: 7 }, answer: () => ({ Payload: 8 }) });

    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { Payload: 8 }, entered: ['Prepare', 'Work'], tookMs: 0 });
    expect(run.calls).toMatchObject([
      { state: 'Work', resource: invoke.Resource, parameters: { FunctionName: 'f', Payload: 7 } },
    ]);
  });

  it('shows the error and the cause', async () => {
    const answer = () => {
      throw new StatesError('Lambda.Unknown', 'It crashed.');
    };

    const run = await runDefinition(machine({ ...invoke, Parameters: {} }), { answer });

    expect(run).toMatchObject({ status: 'FAILED', error: 'Lambda.Unknown', cause: 'It crashed.' });
  });

  it('waits between retries without real time', async () => {
    let left = 2;
    const retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 30, BackoffRate: 2, MaxAttempts: 2 }];

    const run = await runDefinition(machine({ ...invoke, Parameters: {}, Retry: retry }), {
      answer: () => {
        if (left-- > 0) throw new StatesError('Busy');
        return {};
      },
    });

    expect(run.status).toBe('SUCCEEDED');
    expect(run.calls).toHaveLength(3);
    expect(run.tookMs).toBe(90 * SECOND);
  });

  it('ends by the time limit of the execution', async () => {
    const definition = { StartAt: 'W', TimeoutSeconds: 5, States: { W: { Type: 'Wait', Seconds: 9, End: true } } };

    expect(await runDefinition(definition)).toMatchObject({ status: 'TIMED_OUT', tookMs: 5 * SECOND });
  });

  it('is refused where AWS refuses the definition', async () => {
    await expect(runDefinition({ StartAt: 'None', States: { P: { Type: 'Pass', End: true } } })).rejects.toThrow(
      /AWS refuses this definition:\n.*None/s,
    );
    await expect(runDefinition(machine(callback), { type: 'EXPRESS' })).rejects.toThrow(
      "Express state machine does not support '.waitForTaskToken'",
    );
  });
});

describe('a worker that a state waits for', () => {
  const task = { ...callback, HeartbeatSeconds: 60, TimeoutSeconds: 200 };

  it('gets the token, and what it reports is the result', async () => {
    const run = await runDefinition(machine(task), { answer: ({ token }) => ({ token }) });

    const [{ token, parameters } = {}] = run.calls;
    expect(token).toMatch(/^[A-Za-z0-9+/=]{600,}$/);
    expect(parameters).toMatchObject({ Group: token });
    expect(run.output).toEqual({ token });
  });

  it('that hangs is noticed by its heartbeat', async () => {
    const run = await runDefinition(machine(task), { answer: () => new Promise(() => undefined) });

    expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', tookMs: 60 * SECOND });
  });

  it('that sends heartbeats is given until the time limit', async () => {
    const clock = createManualClock();

    const run = await runDefinition(machine(task), {
      clock,
      async answer({ heartbeat }) {
        for (;;) {
          await sleep(clock, 50 * SECOND, new AbortController().signal);
          heartbeat();
        }
      },
    });

    expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', tookMs: 200 * SECOND });
  });
});

describe('a mistake in a test', () => {
  const caught = { ...invoke, Parameters: {}, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'After' }], Next: 'After' };
  const definition = {
    StartAt: 'Work',
    States: { Work: { Type: 'Task', ...caught }, After: { Type: 'Pass', End: true } },
  };

  it('is thrown, and no state can catch it', async () => {
    const answer = () => {
      throw new TypeError('oops');
    };

    await expect(runDefinition(definition, { answer })).rejects.toThrow('oops');
  });

  it('is a task without an answer', async () => {
    await expect(runDefinition(definition)).rejects.toThrow(/Work calls .*lambda:invoke/);
    await expect(runDefinition(definition, { answer: () => new Promise(() => undefined) })).rejects.toThrow(
      'The run waits for ever: Work was never answered.',
    );
  });
});
