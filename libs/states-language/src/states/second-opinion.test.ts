import { StateMachine } from 'aws-local-stepfunctions';
import type { Json, JsonObject } from '../json.ts';
import { runMachine } from '../testing/run-machine.ts';
import { StatesError } from '../states-error.ts';

/**
 * Another interpreter of the States Language has to come to the same end, where it follows AWS itself (decision 0006 says
 * where it does not).
 */
async function theirs(states: JsonObject, input: Json, task: (parameters: Json) => Json): Promise<unknown> {
  const definition = { StartAt: Object.keys(states)[0], States: states } as never;
  const tasks = Object.fromEntries(
    Object.keys(states).map((name) => [
      name,
      // eslint-disable-next-line @typescript-eslint/require-await -- an error must come as a rejection
      async (parameters: Json) => {
        try {
          return task(parameters);
        } catch (error) {
          const { error: name, causeText: message } = error as StatesError;
          throw Object.assign(new Error(message), { name });
        }
      },
    ]),
  );
  const machine = new StateMachine(definition, { validationOptions: { noValidate: true } });
  const overrides = { taskResourceLocalHandlers: tasks, retryIntervalOverrides: { T: 0 } };
  const running = machine.run(input, {
    overrides: overrides,
    context: { Execution: { Name: 'job-1' } },
  });
  return running.result.then(
    (output) => ({ output }),
    (error: unknown) => ({ error: ((error as Error).cause as Error).name }),
  );
}

const same = (parameters: Json): Json => parameters;
const failTwice = () => {
  let left = 2;
  return (parameters: Json): Json => {
    if (left-- > 0) throw new StatesError('Busy', 'wait');
    return parameters;
  };
};

it.each<[string, JsonObject, Json, () => (parameters: Json) => Json]>([
  [
    'templates and paths',
    {
      P: {
        Type: 'Pass',
        InputPath: '$.a',
        Parameters: { 'x.$': '$.b[0]', 'f.$': "States.Format('{}/{}', $.b[1].c, 2)", 'n.$': '$$.Execution.Name' },
        ResultPath: '$.r.s',
        OutputPath: '$.r',
        End: true,
      },
    },
    { a: { b: [1, { c: 'x' }] } },
    () => same,
  ],
  [
    'choices',
    {
      C: {
        Type: 'Choice',
        Choices: [
          {
            And: [{ Variable: '$.n', NumericGreaterThan: 1 }, { Not: { Variable: '$.s', StringMatches: 'a*' } }],
            Next: 'Yes',
          },
          { Variable: '$.t', TimestampLessThan: '2026-01-01T00:00:00Z', Next: 'Yes' },
        ],
        Default: 'No',
      },
      Yes: { Type: 'Pass', Result: 'yes', End: true },
      No: { Type: 'Pass', Result: 'no', End: true },
    },
    { n: 2, s: 'ab', t: '2026-01-01T00:00:00Z' },
    () => same,
  ],
  [
    'retries that help',
    {
      T: {
        Type: 'Task',
        Resource: 'r',
        Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
        ResultPath: '$.r',
        End: true,
      },
    },
    { a: 1 },
    failTwice,
  ],
  [
    'retries that do not',
    {
      T: {
        Type: 'Task',
        Resource: 'r',
        Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
        Catch: [
          { ErrorEquals: ['Other'], Next: 'P' },
          { ErrorEquals: ['States.ALL'], ResultPath: '$.e', Next: 'P' },
        ],
        End: true,
      },
      P: { Type: 'Pass', End: true },
    },
    { a: 1 },
    failTwice,
  ],
  [
    'an error that is not retried, and is caught by its name',
    {
      T: {
        Type: 'Task',
        Resource: 'r',
        Retry: [
          { ErrorEquals: ['Busy'], MaxAttempts: 0 },
          { ErrorEquals: ['States.TaskFailed'], MaxAttempts: 2 },
        ],
        Catch: [
          { ErrorEquals: ['Other', 'Busy'], ResultPath: null, Next: 'P' },
          { ErrorEquals: ['States.ALL'], Next: 'P' },
        ],
        End: true,
      },
      P: { Type: 'Pass', End: true },
    },
    { a: 1 },
    failTwice,
  ],
  [
    'the result of a task, selected and put into the input',
    {
      T: {
        Type: 'Task',
        Resource: 'r',
        Parameters: { 'l.$': "States.StringSplit($.ids, ',')", in: { 'n.$': '$.n' } },
        ResultSelector: { 'answer.$': '$.l[1]' },
        ResultPath: '$.deep.result',
        End: true,
      },
    },
    { ids: 'a,b', n: null },
    () => same,
  ],
  [
    'the intrinsic functions of the workflows',
    {
      P: {
        Type: 'Pass',
        Parameters: {
          'sum.$': "States.Format('{}', States.MathAdd(States.StringToJson($.at), 60))",
          'merged.$': 'States.JsonMerge($.a, $.b, false)',
          'report.$': 'States.StringToJson($.text)',
        },
        End: true,
      },
    },
    { at: '1795310689', a: { x: 1, y: 1 }, b: { y: 2 }, text: '{"errorMessage":"it broke"}' },
    () => same,
  ],
  [
    'texts compared with each other, and what is not there',
    {
      C: {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: '$.a', IsPresent: true },
              { Or: [{ Not: { Variable: '$.none', IsPresent: true } }, { Variable: '$.a', IsNumeric: true }] },
              { Variable: '$.a', StringEqualsPath: '$.b' },
            ],
            Next: 'Yes',
          },
        ],
        Default: 'No',
      },
      Yes: { Type: 'Pass', Result: 'yes', End: true },
      No: { Type: 'Pass', Result: 'no', End: true },
    },
    { a: 'x', b: 'x' },
    () => same,
  ],
  [
    'failures with a cause from the data',
    { F: { Type: 'Fail', ErrorPath: '$.e', CausePath: '$.c' } },
    { e: 'Bad', c: 'so' },
    () => same,
  ],
  ['failures', { F: { Type: 'Fail', ErrorPath: '$.e', Cause: 'c' } }, { e: 'Bad' }, () => same],
  [
    'maps',
    {
      M: {
        Type: 'Map',
        ItemsPath: '$.l',
        ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', Parameters: { 'v.$': '$' }, End: true } } },
        ResultPath: '$.r',
        End: true,
      },
    },
    { l: [1, 2] },
    () => same,
  ],
  [
    'branches',
    {
      B: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'X', States: { X: { Type: 'Pass', Result: 1, End: true } } },
          { StartAt: 'Y', States: { Y: { Type: 'Succeed', InputPath: '$.a' } } },
        ],
        ResultSelector: { 'both.$': '$' },
        End: true,
      },
    },
    { a: 2 },
    () => same,
  ],
  ['a path to nothing', { P: { Type: 'Pass', InputPath: '$.none', End: true } }, {}, () => same],
])('agrees about %s', async (_what, states, input, task) => {
  const ours = await runMachine(states, input, task());
  expect(await theirs(states, input, task())).toEqual(
    ours.error === undefined ? { output: ours.output } : { error: ours.error },
  );
});
