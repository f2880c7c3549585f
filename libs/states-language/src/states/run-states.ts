import type { Json } from '../json.ts';
import { sleep } from '../clock.ts';
import { eventInput, eventOutput } from '../history.ts';
import { assertWithinDataLimit } from '../data/data-limit.ts';
import type { State, StatesMachine } from '../definition.ts';
import { putAtPath } from '../data/json-path.ts';
import { createRetries } from './retries.ts';
import { runStateOnce } from './run-state-once.ts';
import type { StateResult, StatesRun } from './state-visit.ts';
import { namesError, StatesError } from '../states-error.ts';

/** Runs a machine from its first state to its last and answers the last one's output; throws `StatesError`. */
export async function runStates(machine: StatesMachine, input: Json, run: StatesRun): Promise<Json> {
  let name: string | undefined = machine.StartAt;
  let data = input;
  while (name !== undefined) {
    run.signal.throwIfAborted();
    const state: State | undefined = machine.States[name];
    if (!state) throw new StatesError('States.Runtime', `There is no state '${name}'`);
    const result: StateResult = await runState(name, state, data, run);
    data = result.output;
    name = result.next;
  }
  return data;
}

async function runState(name: string, state: State, input: Json, run: StatesRun): Promise<StateResult> {
  const { history, branch, clock, signal } = run;
  history.record(branch, `${state.Type}StateEntered`, { stateEnteredEventDetails: { name, ...eventInput(input) } });
  const enteredAs = branch.lastEventId;
  const enteredTime = new Date(clock.now()).toISOString();
  const retries = createRetries(state.Retry);

  for (let retryCount = 0; ; retryCount += 1) {
    const context = { ...run.context, State: { Name: name, EnteredTime: enteredTime, RetryCount: retryCount } };
    try {
      const result = await runStateOnce(state, { name, input, context, run, runInner: runStates });
      assertWithinDataLimit(result.output, name);
      return exit(result);
    } catch (error) {
      if (!(error instanceof StatesError)) throw error;
      const delayMs = retries.delayMs(error);
      if (delayMs === undefined) {
        const result = caught(state, input, located(error, name, enteredAs));
        // The error's cause is data, too: what a Catch adds can be what makes it too much.
        assertWithinDataLimit(result.output, name);
        return exit(result);
      }
      await sleep(clock, run.retryIntervalMs ?? delayMs, signal);
    }
  }

  function exit(result: StateResult): StateResult {
    const details = { stateExitedEventDetails: { name, ...eventOutput(result.output) } };
    history.record(branch, `${state.Type}StateExited`, details);
    return result;
  }
}

/** Hands the error to the first catcher that names it; without one, throws it on. */
function caught(state: State, input: Json, error: StatesError): StateResult {
  const catcher = state.Catch?.find(({ ErrorEquals }) => namesError(ErrorEquals, error));
  if (!catcher) throw error;
  const report = { Error: error.error, Cause: error.causeText };
  const { ResultPath: path = '$' } = catcher;
  return { output: path === null ? input : putAtPath(path, input, report), next: catcher.Next };
}

/** Errors of the machine itself say where they happened, as on AWS. */
function located(error: StatesError, name: string, eventId: number): StatesError {
  if (!['States.Runtime', 'States.NoChoiceMatched', 'States.IntrinsicFailure'].includes(error.error)) return error;
  if (error.causeText.startsWith('An error occurred while executing the state')) return error;
  const where = `An error occurred while executing the state '${name}' (entered at the event id #${eventId}). `;
  return new StatesError(error.error, where + error.causeText);
}
