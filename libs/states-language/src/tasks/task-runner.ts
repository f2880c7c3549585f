import type { Json, JsonObject } from '../json.ts';
import type { Clock } from '../clock.ts';
import { eventOutput } from '../history.ts';
import { assertWithinDataLimit } from '../data/data-limit.ts';
import type { TaskState } from '../definition.ts';
import { requireByPath } from '../data/json-path.ts';
import type { RunTask, StateVisit } from '../states/state-visit.ts';
import { StatesError } from '../states-error.ts';
import type { TaskTokens } from './task-tokens.ts';
import type { Integration } from './integration.ts';
import { createDeadlines } from './task-deadlines.ts';

/** What tasks of one execution need from the service around it. */
export interface TaskSurroundings {
  stateMachineArn: string;
  region: string;
  /** What a Task state's Resource names, or undefined when it is not offered. */
  findIntegration: (resource: string) => Integration | undefined;
  tokens: TaskTokens;
  clock: Clock;
  /** Waits for a nested execution to end and answers its description; stops it when the signal aborts. */
  awaitExecution: (submitted: Json, signal: AbortSignal) => Promise<Json>;
}

/** Runs Task states: calls the service, and waits for the report or the nested execution, within the state's limits. */
export function createTaskRunner({
  stateMachineArn,
  region,
  findIntegration,
  tokens,
  clock,
  awaitExecution,
}: TaskSurroundings): RunTask {
  return async (state, fill, visit) => {
    const integration = findIntegration(state.Resource);
    if (!integration) throw new StatesError('States.Runtime', `The resource ${state.Resource} is not offered here`);
    const { resourceType, resource, pattern } = integration;
    const { history, branch, signal } = visit.run;
    const record = (event: string, details: JsonObject): void =>
      history.record(branch, event, { [detailsKey(event)]: { resourceType, resource, ...details } });

    const limits = limitsOf(state, visit);
    const deadlines = createDeadlines(clock, signal, limits);
    const pending = pattern === 'token' ? tokens.issue(stateMachineArn, deadlines.heartbeat) : undefined;
    try {
      const parameters = fill(pending ? { Task: { Token: pending.token } } : {});
      record('TaskScheduled', { region, parameters: JSON.stringify(parameters), ...limits });
      record('TaskStarted', {});
      deadlines.start();
      const failedAs = pattern === 'request' ? 'TaskFailed' : 'TaskSubmitFailed';
      const submitted = await deadlines.guard(integration.call(parameters, pending?.token)).catch(failing(failedAs));
      if (pattern === 'request') return succeed(submitted);
      record('TaskSubmitted', eventOutput(submitted));
      const finished = pending ? pending.reported : awaitExecution(submitted, deadlines.signal);
      return succeed(await deadlines.guard(finished).catch(failing('TaskFailed')));
    } finally {
      deadlines.stop();
      pending?.close();
    }

    function succeed(output: Json): Json {
      try {
        assertWithinDataLimit(output, resourceType);
      } catch (error) {
        return failing('TaskFailed')(error);
      }
      record('TaskSucceeded', eventOutput(output));
      return output;
    }

    function failing(event: string) {
      return (error: unknown): never => {
        if (error instanceof StatesError) {
          const timedOut = error.error === 'States.Timeout' && deadlines.passed();
          const cause = error.causeText === '' ? {} : { cause: error.causeText };
          record(timedOut ? 'TaskTimedOut' : event, { error: error.error, ...cause });
        }
        throw error;
      };
    }
  };
}

function detailsKey(event: string): string {
  return `${event.charAt(0).toLowerCase()}${event.slice(1)}EventDetails`;
}

function limitsOf(state: TaskState, { input, context }: StateVisit): JsonObject {
  const read = (fixed: number | undefined, path: string | undefined): number | undefined =>
    path === undefined ? fixed : wholeSeconds(requireByPath(path, { input, context }), path);
  const timeout = read(state.TimeoutSeconds, state.TimeoutSecondsPath);
  const heartbeat = read(state.HeartbeatSeconds, state.HeartbeatSecondsPath);
  return {
    ...(timeout !== undefined && { timeoutInSeconds: timeout }),
    ...(heartbeat !== undefined && { heartbeatInSeconds: heartbeat }),
  };
}

function wholeSeconds(value: Json, path: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw new StatesError('States.Runtime', `The value at '${path}' must be a positive number of seconds`);
}
