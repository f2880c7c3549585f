import type { Clock } from '../clock.ts';
import type { Json } from '../json.ts';
import type { RunTask } from '../states/state-visit.ts';
import { StatesError } from '../states-error.ts';
import type { Integration, IntegrationPattern } from './integration.ts';
import { createTaskRunner } from './task-runner.ts';
import { createTaskTokens, TaskTokenError } from './task-tokens.ts';

/** One attempt of a Task state. */
export interface TaskCall {
  /** Name of the state. */
  readonly state: string;
  readonly resource: string;
  readonly parameters: Json;
  /** Of a task that waits for its worker to report. */
  readonly token: string | undefined;
  /** Sends a heartbeat of such a task. */
  readonly heartbeat: () => void;
}

/**
 * Plays the service behind a Task state, and the worker behind it where the state waits for one: answers the result, or
 * throws `StatesError` with the error that the state sees. A promise that never settles is a worker that hangs.
 */
export type AnswerTask = (call: TaskCall) => unknown;

const PATTERNS: Readonly<Record<string, IntegrationPattern>> = { waitForTaskToken: 'token', sync: 'sync' };

/** Runs Task states on a function; what it throws by mistake is kept, because a state machine could catch it. */
export function answeringTasks(clock: Clock, answer?: AnswerTask) {
  const calls: TaskCall[] = [];
  const tokens = createTaskTokens();
  const tasks = { calls, runTask, mistake: undefined as { readonly error: unknown } | undefined };
  return tasks;

  function runTask(...[state, fill, visit]: Parameters<RunTask>): Promise<Json> {
    const run = createTaskRunner({
      stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:machine',
      region: 'eu-west-1',
      findIntegration: (resource) => integrationOf(resource, visit.name),
      tokens,
      clock,
      awaitExecution: (submitted) => Promise.resolve(submitted),
    });
    return run(state, fill, visit);
  }

  function integrationOf(resource: string, state: string): Integration {
    const [resourceType = '', ...action] = resource.replace(/^arn:[^:]+:states:::/, '').split(/:(?=[^:]+$)/);
    const [, suffix = ''] = /\.(waitForTaskToken|sync)(?::2)?$/.exec(resource) ?? [];
    const pattern = PATTERNS[suffix] ?? 'request';
    return {
      resourceType,
      resource: action.join(':'),
      pattern,
      call(parameters, token) {
        const call = { state, resource, parameters, token, heartbeat: () => token && tokens.heartbeat(token) };
        calls.push(call);
        const answered = ask(call);
        if (token === undefined) return answered;
        void answered.then(
          (output) => report(() => tokens.succeed(token, output)),
          (error: unknown) => report(() => tokens.fail(token, error as StatesError)),
        );
        return Promise.resolve({});
      },
    };
  }

  async function ask(call: TaskCall): Promise<Json> {
    try {
      if (!answer) throw new Error(`${call.state} calls ${call.resource}, and the test does not answer.`);
      // By way of JSON, as on the wire: what has no place in it is not handed on.
      return JSON.parse(JSON.stringify((await answer(call)) ?? null)) as Json;
    } catch (error) {
      // The second is what a worker learns that goes on after its task has ended.
      if (error instanceof StatesError || error instanceof TaskTokenError) throw error;
      tasks.mistake ??= { error };
      throw new StatesError('States.Runtime', String(error));
    }
  }
}

/** A worker that reports too late gets an error, and nothing else happens. */
function report(send: () => void): void {
  try {
    send();
  } catch (error) {
    if (!(error instanceof TaskTokenError)) throw error;
  }
}
