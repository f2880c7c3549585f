import type { Json, JsonObject } from './json.ts';
import type { Clock } from './clock.ts';
import { createHistory, eventInput, eventOutput, type History } from './history.ts';
import type { StateMachine } from './state-machine.ts';
import { runStates } from './states/run-states.ts';
import type { RunTask } from './states/state-visit.ts';
import { StatesError } from './states-error.ts';

export type ExecutionStatus = 'ABORTED' | 'FAILED' | 'RUNNING' | 'SUCCEEDED' | 'TIMED_OUT';

/** One run of a state machine, as long as it lasts and ever after. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: StateMachine;
  /** The input as it was sent, which need not be how we would write it. */
  readonly inputText: string;
  readonly startedAtMs: number;
  readonly history: History;
  status: ExecutionStatus;
  stoppedAtMs: number | undefined;
  output: Json | undefined;
  error: string | undefined;
  cause: string | undefined;
  /** Settles when the execution has ended in whatever way; never rejects. */
  ended: Promise<unknown>;
  /** Ends it as aborted; does nothing once it has ended. */
  stop(error?: string, cause?: string): void;
}

/** Why a run is cut off from outside; no state can catch it. */
class ExecutionStopped extends Error {}

export interface ExecutionOptions {
  arn: string;
  name: string;
  machine: StateMachine;
  inputText: string;
  clock: Clock;
  runTask: RunTask;
  retryIntervalMs?: number | undefined;
  /** Called at the start and at the end. */
  onStatusChange: (execution: Execution) => void;
}

/** Starts a run of the machine; it goes on by itself. */
export function startExecution(options: ExecutionOptions): Execution {
  const { arn, name, machine, inputText, clock, runTask, retryIntervalMs, onStatusChange } = options;
  const input = JSON.parse(inputText) as Json;
  const history = createHistory(clock);
  const controller = new AbortController();
  const { promise: ended, resolve: resolveEnded } = Promise.withResolvers<undefined>();
  let cancelTimeout = (): void => undefined;

  const execution: Execution = {
    arn,
    name,
    machine,
    inputText,
    startedAtMs: clock.now(),
    history,
    status: 'RUNNING',
    stoppedAtMs: undefined,
    output: undefined,
    error: undefined,
    cause: undefined,
    ended,
    stop: (error, cause) => end('ABORTED', { error, cause }),
  };

  function end(
    status: ExecutionStatus,
    result: { output?: Json; error?: string | undefined; cause?: string | undefined },
  ): void {
    if (execution.status !== 'RUNNING') return;
    cancelTimeout();
    Object.assign(execution, { status, stoppedAtMs: clock.now(), ...result });
    recordEnd(execution);
    controller.abort(new ExecutionStopped());
    onStatusChange(execution);
    resolveEnded(undefined);
  }

  async function run(): Promise<void> {
    const branch = { lastEventId: 0 };
    const context = contextOf(execution, input);
    const run = { context, history, branch, clock, signal: controller.signal, runTask, retryIntervalMs };
    try {
      end('SUCCEEDED', { output: await runStates(machine.definition, input, run) });
    } catch (error) {
      if (error instanceof StatesError) end('FAILED', { error: error.error, cause: error.causeText });
      // Nothing but a mistake in this program gets here, and even that must not leave an execution running for ever.
      else end('FAILED', { error: 'States.Runtime', cause: String(error) });
    }
  }

  history.record({ lastEventId: 0 }, 'ExecutionStarted', {
    executionStartedEventDetails: { ...eventInput(input), roleArn: machine.roleArn },
  });
  onStatusChange(execution);
  const { TimeoutSeconds: timeoutSeconds } = machine.definition;
  if (timeoutSeconds !== undefined) {
    cancelTimeout = clock.after(timeoutSeconds * 1000, () => end('TIMED_OUT', { error: 'States.Timeout' }));
  }
  void run();
  return execution;
}

function contextOf(execution: Execution, input: Json): JsonObject {
  const { arn, name, machine } = execution;
  const startTime = new Date(execution.startedAtMs).toISOString();
  return {
    Execution: { Id: arn, Input: input, Name: name, RoleArn: machine.roleArn, StartTime: startTime },
    StateMachine: { Id: machine.arn, Name: machine.name },
  };
}

const END_EVENTS: Readonly<Record<Exclude<ExecutionStatus, 'RUNNING'>, [type: string, details: string]>> = {
  ABORTED: ['ExecutionAborted', 'executionAbortedEventDetails'],
  FAILED: ['ExecutionFailed', 'executionFailedEventDetails'],
  SUCCEEDED: ['ExecutionSucceeded', 'executionSucceededEventDetails'],
  TIMED_OUT: ['ExecutionTimedOut', 'executionTimedOutEventDetails'],
};

/** An end that comes from outside follows no event. */
function recordEnd({ status, history, output, error, cause }: Execution): void {
  if (status === 'RUNNING') return;
  const [type, key] = END_EVENTS[status];
  const fromOutside = status === 'ABORTED' || status === 'TIMED_OUT';
  const branch = { lastEventId: fromOutside ? 0 : (history.events.at(-1)?.id ?? 0) };
  const details = status === 'SUCCEEDED' ? eventOutput(output) : { ...(error && { error }), ...(cause && { cause }) };
  history.record(branch, type, { [key]: details });
}
