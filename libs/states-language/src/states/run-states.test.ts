import type { Json, JsonObject } from '../json.ts';
import { runMachine } from '../testing/run-machine.ts';
import { StatesError } from '../states-error.ts';

const pass = (fields: JsonObject): JsonObject => ({ P: { Type: 'Pass', ...fields, End: true } });
const failing = (error: string, times = Infinity) => {
  let left = times;
  return (parameters: Json): Json => {
    if (left-- > 0) throw new StatesError(error, 'because');
    return parameters;
  };
};
const task = (fields: JsonObject): JsonObject => ({ T: { Type: 'Task', Resource: 'r', ...fields, End: true } });

describe('data between states', () => {
  const input = { a: { b: [1, { c: 'x' }] }, n: null };

  it.each<[string, JsonObject, Json]>([
    ['the input', {}, input],
    ['a fixed result, even false', { Result: false }, false],
    ['a part of the input', { InputPath: '$.a.b[1]' }, { c: 'x' }],
    ['nothing at all of the input', { InputPath: null }, {}],
    ['a part that is null', { InputPath: '$.n' }, null],
    ['a part by quoted names', { InputPath: '$[\'a\']["b"][0]' }, 1],
    ['all that a path with a wildcard finds, always as a list', { InputPath: '$.a.b[1].*' }, ['x']],
    ['an empty list where a filter finds nothing', { InputPath: '$.a.b[?(@.c=="y")]' }, []],
    [
      'what a template makes',
      { Parameters: { k: 1, 'v.$': '$.a.b[1].c', in: [{ 'l.$': '$.n' }] } },
      { k: 1, v: 'x', in: [{ l: null }] },
    ],
    [
      'the context',
      { Parameters: { 'n.$': '$$.Execution.Name', 's.$': '$$.State.Name', 'i.$': '$$.Execution.Input.n' } },
      { n: 'job-1', s: 'P', i: null },
    ],
    [
      'the result at a place in the input',
      { Result: 7, ResultPath: '$.a.new' },
      { a: { b: [1, { c: 'x' }], new: 7 }, n: null },
    ],
    ['the result at a place in a list', { Result: 7, ResultPath: '$.a.b[0]' }, { a: { b: [7, { c: 'x' }] }, n: null }],
    ['the result for the whole input', { Result: 7, ResultPath: '$' }, 7],
    ['the input without the result', { Result: 7, ResultPath: null }, input],
    ['a part of the output', { Result: 7, ResultPath: '$.r', OutputPath: '$.r' }, 7],
  ])('can be %s', async (_what, fields, output) => {
    expect(await runMachine(pass(fields), input)).toMatchObject({ output });
  });

  it('of a task goes through selector, place and output', async () => {
    const fields = {
      Parameters: { 'x.$': '$.a' },
      ResultSelector: { 'y.$': '$.x' },
      ResultPath: '$.r',
      OutputPath: '$.r.y',
    };
    expect(await runMachine(task(fields), { a: 5 })).toMatchObject({ output: 5 });
  });

  it('is refused where a path leads nowhere, and no state can catch that', async () => {
    const states = {
      ...task({ Parameters: { 'x.$': '$.none' }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'P' }] }),
      ...pass({}),
    };
    expect(await runMachine(states, { a: 1 })).toMatchObject({
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'T' (entered at the event id #1). " +
        "The JSONPath '$.none' specified for the field 'x.$' could not be found in the input '{\"a\":1}'",
    });
  });

  it('is refused where a result does not fit into the input', async () => {
    expect(await runMachine(pass({ Result: 1, ResultPath: '$.a.b' }), { a: 'text' })).toMatchObject({
      error: 'States.ResultPathMatchFailure',
    });
  });

  it('may have 262,144 bytes', async () => {
    expect(await runMachine(pass({ Result: 'x'.repeat(262_142) }))).toHaveProperty('output');
    expect(await runMachine(pass({ Result: 'x'.repeat(262_143) }))).toMatchObject({
      error: 'States.DataLimitExceeded',
    });
  });

  it('is refused beyond 262,144 bytes when Parameters made it of a smaller input', async () => {
    const states = (times: number) => ({
      Do: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sns:publish',
        Parameters: Object.fromEntries(Array.from({ length: times }, (_, n) => [`k${String(n)}.$`, '$.text'])),
        ResultPath: null,
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Pass', End: true },
    });
    const input = { text: 'x'.repeat(100_000) };
    expect(await runMachine(states(2), input)).toHaveProperty('output');
    expect(await runMachine(states(3), input)).toMatchObject({ error: 'States.DataLimitExceeded' });
  });

  it('is refused when the cause of a caught error makes it too much', async () => {
    const states = {
      Do: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sns:publish',
        Catch: [{ ErrorEquals: ['Bad'], ResultPath: '$.error', Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Pass', End: true },
    };
    const failing = () => {
      throw new StatesError('Bad', 'c'.repeat(30_000));
    };
    expect(await runMachine(states, { text: 'x'.repeat(230_000) }, failing)).toHaveProperty('output');
    expect(await runMachine(states, { text: 'x'.repeat(235_000) }, failing)).toMatchObject({
      error: 'States.DataLimitExceeded',
    });
  });

  it('is refused beyond 262,144 bytes, however few characters they are', async () => {
    expect(await runMachine(pass({ Result: '€'.repeat(87_382) }))).toMatchObject({ error: 'States.DataLimitExceeded' });
    expect((await runMachine(pass({ Result: '€'.repeat(87_380) }))).error).toBeUndefined();
  });
});

describe('Retry', () => {
  const Retry = [
    { ErrorEquals: ['A'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 3, MaxDelaySeconds: 50 },
    { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
  ];

  it('waits longer every time, up to the limit, and then gives up', async () => {
    const { error, clock } = await runMachine(task({ Retry }), {}, failing('A'));
    expect(error).toBe('A');
    expect(clock.now() - Date.parse('2026-11-22T02:00:00Z')).toBe((10 + 30 + 50) * 1000);
  });

  it('counts for each retrier by itself, and shows the count', async () => {
    const errors = ['A', 'B', 'A'];
    const counts: Json[] = [];
    const { output } = await runMachine(
      task({ Retry, Parameters: { 'n.$': '$$.State.RetryCount' } }),
      {},
      (parameters) => {
        counts.push((parameters as { n: number }).n);
        const error = errors.shift();
        if (error !== undefined) throw new StatesError(error);
        return 'done';
      },
    );
    expect(output).toBe('done');
    expect(counts).toEqual([0, 1, 2, 3]);
  });

  it.each([
    ['States.TaskFailed', 'Any', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.ALL', 'States.Runtime', false],
    ['States.Runtime', 'States.Runtime', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['Other', 'Any', false],
  ])('by %s after %s: %s', async (name, error, retried) => {
    const { output } = await runMachine(task({ Retry: [{ ErrorEquals: [name] }] }), { ok: true }, failing(error, 1));
    expect(output !== undefined).toBe(retried);
  });
});

describe('Catch', () => {
  it('hands error and cause on to the state it names, in the input', async () => {
    const Catch = [
      { ErrorEquals: ['X'], Next: 'Wrong' },
      { ErrorEquals: ['A', 'States.TaskFailed'], ResultPath: '$.failure', Next: 'Right' },
    ];
    const states = { ...task({ Catch }), Right: { Type: 'Succeed' }, Wrong: { Type: 'Fail' } };
    expect(await runMachine(states, { id: 1 }, failing('A'))).toMatchObject({
      output: { id: 1, failure: { Error: 'A', Cause: 'because' } },
      history: ['TaskStateEntered', 'TaskStateExited', 'SucceedStateEntered', 'SucceedStateExited'],
    });
  });

  it('can throw the error away', async () => {
    const states = { ...task({ Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'P' }] }), ...pass({}) };
    expect(await runMachine(states, { id: 1 }, failing('A'))).toMatchObject({ output: { id: 1 } });
  });
});

describe('Fail', () => {
  it('ends with error and cause, fixed or from the input', async () => {
    expect(await runMachine({ F: { Type: 'Fail', Error: 'E', Cause: 'C' } })).toMatchObject({ error: 'E', cause: 'C' });
    const fromInput = { F: { Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('{}!', $.c)" } };
    expect(await runMachine(fromInput, { e: 'E', c: 'C' })).toMatchObject({
      error: 'E',
      cause: 'C!',
      history: ['FailStateEntered'],
    });
    expect(await runMachine(fromInput, { e: 1, c: 'C' })).toMatchObject({ error: 'States.Runtime' });
  });
});

describe('Wait', () => {
  it.each<[JsonObject, number]>([
    [{ Seconds: 5 }, 5],
    [{ SecondsPath: '$.s' }, 7],
    [{ Timestamp: '2026-11-22T02:00:09Z' }, 9],
    [{ TimestampPath: '$.t' }, 11],
    [{ Timestamp: '2020-01-01T00:00:00Z' }, 0],
  ])('%j takes %d seconds', async (fields, seconds) => {
    const input = { s: 7, t: '2026-11-22T02:00:11Z' };
    const { clock, output } = await runMachine({ W: { Type: 'Wait', ...fields, End: true } }, input);
    expect(output).toEqual(input);
    expect(clock.now() - Date.parse('2026-11-22T02:00:00Z')).toBe(seconds * 1000);
  });
});

describe('Parallel', () => {
  const branch = (name: string, state: JsonObject) => ({ StartAt: name, States: { [name]: state } });

  it('runs all branches on the same input', async () => {
    const Branches = [
      branch('A', { Type: 'Pass', Result: 1, End: true }),
      branch('B', { Type: 'Pass', InputPath: '$.x', End: true }),
    ];
    const { output, history } = await runMachine({ All: { Type: 'Parallel', Branches, End: true } }, { x: 2 });
    expect(output).toEqual([1, 2]);
    expect([history.slice(0, 2), history.slice(-2)]).toEqual([
      ['ParallelStateEntered', 'ParallelStateStarted'],
      ['ParallelStateSucceeded', 'ParallelStateExited'],
    ]);
  });

  it('fails with the first branch that does, and stops the others', async () => {
    const Branches = [
      branch('Slow', { Type: 'Wait', Seconds: 3600, End: true }),
      branch('Bad', { Type: 'Fail', Error: 'E', Cause: 'C' }),
    ];
    const { error, history, clock } = await runMachine({ All: { Type: 'Parallel', Branches, End: true } });
    expect(error).toBe('E');
    expect(history.at(-1)).toBe('ParallelStateFailed');
    expect(clock.now()).toBe(Date.parse('2026-11-22T02:00:00Z'));
    expect(clock.pendingTimers()).toBe(0);
  });
});

describe('Map', () => {
  const processor = (state: JsonObject) => ({ StartAt: 'I', States: { I: state } });

  it('runs the processor for each item, with index and value at hand', async () => {
    const states = {
      M: {
        Type: 'Map',
        ItemsPath: '$.list',
        ItemSelector: { 'index.$': '$$.Map.Item.Index', 'value.$': '$$.Map.Item.Value', 'from.$': '$.from' },
        ItemProcessor: processor({
          Type: 'Pass',
          Parameters: { 'again.$': '$$.Map.Item.Value', 'all.$': '$' },
          End: true,
        }),
        End: true,
      },
    };
    expect((await runMachine(states, { list: ['a', 'b'], from: 'x' })).output).toEqual([
      { again: 'a', all: { index: 0, value: 'a', from: 'x' } },
      { again: 'b', all: { index: 1, value: 'b', from: 'x' } },
    ]);
  });

  it('keeps to its concurrency', async () => {
    let running = 0;
    let most = 0;
    const states = {
      M: {
        Type: 'Map',
        MaxConcurrency: 2,
        ItemProcessor: processor({ Type: 'Task', Resource: 'r', End: true }),
        End: true,
      },
    };
    const { output } = await runMachine(states, [1, 2, 3, 4, 5], async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return item;
    });
    expect(output).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('fails with the first item that does, those that wait for their turn included', async () => {
    const states = {
      M: {
        Type: 'Map',
        MaxConcurrency: 1,
        ItemProcessor: processor({ Type: 'Task', Resource: 'r', End: true }),
        End: true,
      },
    };
    const seen: Json[] = [];
    const { error, history } = await runMachine(states, [1, 2, 3], (item) => {
      seen.push(item);
      if (item === 2) throw new StatesError('Two');
      return item;
    });
    expect([error, seen]).toEqual(['Two', [1, 2]]);
    expect(history.slice(-2)).toEqual(['MapIterationFailed', 'MapStateFailed']);
  });

  it('needs a list', async () => {
    const states = { M: { Type: 'Map', ItemsPath: '$.x', ItemProcessor: processor({ Type: 'Succeed' }), End: true } };
    expect(await runMachine(states, { x: 1 })).toMatchObject({ error: 'States.Runtime' });
  });
});
