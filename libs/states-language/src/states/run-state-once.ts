import type { Json, JsonObject } from '../json.ts';
import { sleep } from '../clock.ts';
import { ruleHolds } from './choice-rule.ts';
import { assertParametersWithinDataLimit } from '../data/data-limit.ts';
import type { ChoiceState, FailState, PassState, State, TaskState, WaitState } from '../definition.ts';
import { putAtPath, requireByPath } from '../data/json-path.ts';
import { evaluate, fillTemplate } from '../data/payload-template.ts';
import { runMapState } from './run-map-state.ts';
import { runParallelState } from './run-parallel-state.ts';
import type { StateResult, StateVisit } from './state-visit.ts';
import { StatesError } from '../states-error.ts';

/** One attempt at a state, without its `Retry` and `Catch`. */
export async function runStateOnce(state: State, visit: StateVisit): Promise<StateResult> {
  const input = atPath(state.InputPath, visit.input, visit.context);
  switch (state.Type) {
    case 'Choice':
      return { output: outputOf(state, input, visit), next: choose(state, input, visit) };
    case 'Fail':
      throw failure(state, input, visit);
    case 'Succeed':
      return { output: outputOf(state, input, visit), next: undefined };
    case 'Wait':
      await sleep(visit.run.clock, waitMs(state, input, visit), visit.run.signal);
      return { output: outputOf(state, input, visit), next: state.Next };
    case 'Pass':
      return merge(state, passed(state, input, visit), visit);
    case 'Task':
      return merge(state, await visit.run.runTask(state, parametersOf(state, input, visit), visit), visit);
    case 'Parallel':
      return merge(state, await runParallelState(state, parametersOf(state, input, visit)({}), visit), visit);
    case 'Map':
      return merge(state, await runMapState(state, input, visit), visit);
  }
}

function atPath(path: string | null | undefined, input: Json, context: JsonObject): Json {
  if (path === undefined) return input;
  return path === null ? {} : requireByPath(path, { input, context });
}

/** `task` is what a Task state adds to the context object: the token of a callback. */
function parametersOf(
  state: TaskState | State,
  input: Json,
  { context, name }: StateVisit,
): (task: JsonObject) => Json {
  const { Parameters: template } = state;
  if (template === undefined) return () => input;
  return (task) =>
    assertParametersWithinDataLimit(fillTemplate(template, { input, context: { ...context, ...task } }), name);
}

function passed(state: PassState, input: Json, visit: StateVisit): Json {
  return state.Result === undefined ? parametersOf(state, input, visit)({}) : state.Result;
}

/** ResultSelector, ResultPath and OutputPath, in this order; ResultPath puts the result into the raw input. */
function merge(state: State, result: Json, visit: StateVisit): StateResult {
  const { ResultSelector: selector, ResultPath: path = '$' } = state;
  const selected = selector === undefined ? result : fillTemplate(selector, { input: result, context: visit.context });
  const merged = path === null ? visit.input : putAtPath(path, visit.input, selected);
  return { output: outputOf(state, merged, visit), next: state.Next };
}

function outputOf(state: State, data: Json, { context }: StateVisit): Json {
  return atPath(state.OutputPath, data, context);
}

function choose(state: ChoiceState, input: Json, { context }: StateVisit): string {
  const rule = state.Choices.find((candidate) => ruleHolds(candidate, { input, context }));
  const next = rule?.Next ?? state.Default;
  if (next !== undefined) return next;
  throw new StatesError(
    'States.NoChoiceMatched',
    'Failed to transition out of the state. The state does not point to a next state.',
  );
}

function failure(state: FailState, input: Json, { context }: StateVisit): StatesError {
  const read = (path: string): string => {
    const value = evaluate(path, { input, context });
    if (typeof value === 'string') return value;
    throw new StatesError('States.Runtime', `The value at '${path}' must be a string`);
  };
  const error = state.ErrorPath === undefined ? state.Error : read(state.ErrorPath);
  const cause = state.CausePath === undefined ? state.Cause : read(state.CausePath);
  return new StatesError(error ?? '', cause);
}

function waitMs(state: WaitState, input: Json, { context, run }: StateVisit): number {
  const roots = { input, context };
  const timestamp = state.TimestampPath === undefined ? state.Timestamp : requireByPath(state.TimestampPath, roots);
  if (typeof timestamp === 'string') return Math.max(0, Date.parse(timestamp) - run.clock.now());
  const seconds = state.SecondsPath === undefined ? state.Seconds : requireByPath(state.SecondsPath, roots);
  if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 0) return seconds * 1000;
  throw new StatesError('States.Runtime', `The seconds to wait must be a whole number, not ${JSON.stringify(seconds)}`);
}
