import type { Json } from '../json.ts';
import type { ParallelState } from '../definition.ts';
import { runAll } from './run-all.ts';
import type { StateVisit } from './state-visit.ts';
import { StatesError } from '../states-error.ts';

/** Runs all branches at once; the first failure stops the others and is the state's. */
export async function runParallelState(state: ParallelState, input: Json, visit: StateVisit): Promise<Json[]> {
  const { run, runInner } = visit;
  const { history, branch } = run;
  history.record(branch, 'ParallelStateStarted');
  const first = branch.lastEventId;
  try {
    const output = await runAll(state.Branches, { limit: Infinity, signal: run.signal }, (machine, _index, signal) => {
      const line = { lastEventId: first };
      return runInner(machine, input, { ...run, signal, branch: line }).finally(() => {
        branch.lastEventId = Math.max(branch.lastEventId, line.lastEventId);
      });
    });
    history.record(branch, 'ParallelStateSucceeded');
    return output;
  } catch (error) {
    if (error instanceof StatesError) history.record(branch, 'ParallelStateFailed');
    throw error;
  }
}
