import type { Json, JsonObject } from '../json.ts';
import { createHistory } from '../history.ts';
import type { StatesMachine, TaskState } from '../definition.ts';
import { runStates } from '../states/run-states.ts';
import { StatesError } from '../states-error.ts';
import { createManualClock, settle, type ManualClock } from '../manual-clock.ts';

/** What became of a run: its output, or `error: cause`. */
export interface Outcome {
  output?: Json;
  error?: string;
  cause?: string;
  history: string[];
  clock: ManualClock;
}

/** Runs states without the service around them. `task` does what Task states ask for; time passes as needed. */
export async function runMachine(
  states: JsonObject,
  input: Json = {},
  task: (parameters: Json, state: TaskState) => Json | Promise<Json> = (parameters) => parameters,
): Promise<Outcome> {
  const clock = createManualClock();
  const history = createHistory(clock);
  const machine = { StartAt: Object.keys(states)[0] ?? '', States: states } as unknown as StatesMachine;
  const running = runStates(machine, input, {
    context: { Execution: { Id: 'arn:e', Input: input, Name: 'job-1' }, StateMachine: { Id: 'arn:m', Name: 'm' } },
    history,
    branch: { lastEventId: 0 },
    clock,
    signal: new AbortController().signal,
    runTask: async (state, fill) => task(fill({}), state),
  });
  const state = { ended: false };
  const result = running
    .then(
      (output) => ({ output }),
      (error: unknown) => {
        if (error instanceof StatesError) return { error: error.error, cause: error.causeText };
        throw error;
      },
    )
    .finally(() => {
      state.ended = true;
    });
  await settle();
  while (!state.ended && clock.pendingTimers() > 0) await clock.advanceToNext();
  return { ...(await result), history: history.events.map(({ type }) => type), clock };
}
