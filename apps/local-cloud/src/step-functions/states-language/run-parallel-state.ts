import type { Json } from '../../endpoint/service.ts';
import type { ParallelState } from './definition.ts';
import type { StateVisit } from './state-visit.ts';
import { StatesError } from './states-error.ts';

/** Runs all branches at once; the first failure stops the others and is the state's. */
export async function runParallelState(
  state: ParallelState,
  input: Json,
  { run, runInner }: StateVisit,
): Promise<Json[]> {
  const { history, branch } = run;
  history.record(branch, 'ParallelStateStarted');
  const first = branch.lastEventId;
  const output = await allOrFirstFailure(run.signal, state.Branches, (machine, signal) => {
    const line = { lastEventId: first };
    return runInner(machine, input, { ...run, signal, branch: line }).finally(() => {
      branch.lastEventId = Math.max(branch.lastEventId, line.lastEventId);
    });
  }).catch((error: unknown) => {
    if (error instanceof StatesError) history.record(branch, 'ParallelStateFailed');
    throw error;
  });
  history.record(branch, 'ParallelStateSucceeded');
  return output;
}

/** Like `Promise.all`, but stops what still runs and waits for it before the first failure is thrown. */
export async function allOrFirstFailure<Item, Result>(
  outer: AbortSignal,
  items: readonly Item[],
  runItem: (item: Item, signal: AbortSignal, index: number) => Promise<Result>,
): Promise<Result[]> {
  const siblings = new AbortController();
  const signal = AbortSignal.any([outer, siblings.signal]);
  const all = items.map(async (item, index) => runItem(item, signal, index));
  try {
    return await Promise.all(all);
  } catch (error) {
    siblings.abort();
    await Promise.allSettled(all);
    throw error;
  }
}
