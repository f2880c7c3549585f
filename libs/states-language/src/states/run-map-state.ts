import type { Json } from '../json.ts';
import type { MapState } from '../definition.ts';
import { requireByPath } from '../data/json-path.ts';
import { fillTemplate } from '../data/payload-template.ts';
import { runAll } from './run-all.ts';
import type { StateVisit } from './state-visit.ts';
import { StatesError } from '../states-error.ts';

/** Of an inline Map without `MaxConcurrency`, per AWS's documentation of it. */
const INLINE_CONCURRENCY = 40;

/** Runs the processor once for each item, in order, a limited number at a time. */
export async function runMapState(state: MapState, input: Json, visit: StateVisit): Promise<Json[]> {
  const { run, name } = visit;
  const { history, branch } = run;
  const items = itemsOf(state, input, visit);
  const limit = concurrencyOf(state, input, visit);
  history.record(branch, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  const first = branch.lastEventId;

  async function iterate(item: Json, index: number, signal: AbortSignal): Promise<Json> {
    const line = { lastEventId: first };
    const details = { name, index };
    history.record(line, 'MapIterationStarted', { mapIterationStartedEventDetails: details });
    try {
      const result = await runItem(state, item, index, input, { ...visit, run: { ...run, signal, branch: line } });
      history.record(line, 'MapIterationSucceeded', { mapIterationSucceededEventDetails: details });
      return result;
    } catch (error) {
      if (error instanceof StatesError) {
        history.record(line, 'MapIterationFailed', { mapIterationFailedEventDetails: details });
      }
      throw error;
    } finally {
      branch.lastEventId = Math.max(branch.lastEventId, line.lastEventId);
    }
  }

  try {
    const output = await runAll(items, { limit, signal: run.signal }, iterate);
    history.record(branch, 'MapStateSucceeded');
    return output;
  } catch (error) {
    if (error instanceof StatesError) history.record(branch, 'MapStateFailed');
    throw error;
  }
}

function runItem(
  state: MapState,
  item: Json,
  index: number,
  input: Json,
  { context, run, runInner }: StateVisit,
): Promise<Json> {
  const processor = state.ItemProcessor ?? state.Iterator;
  if (!processor) throw new StatesError('States.Runtime', 'The Map state has no ItemProcessor');
  const template = state.ItemSelector ?? state.Parameters;
  const Map = { Item: { Index: index, Value: item } };
  const itemInput = template === undefined ? item : fillTemplate(template, { input, context: { ...context, Map } });
  return runInner(processor, itemInput, { ...run, context: { ...run.context, Map } });
}

function itemsOf(state: MapState, input: Json, { context }: StateVisit): Json[] {
  const items = state.ItemsPath === undefined ? input : requireByPath(state.ItemsPath, { input, context });
  if (Array.isArray(items)) return items;
  throw new StatesError('States.Runtime', `Reference path "${state.ItemsPath ?? '$'}" must point to array.`);
}

function concurrencyOf(state: MapState, input: Json, { context }: StateVisit): number {
  const { MaxConcurrencyPath: path, MaxConcurrency: fixed = 0 } = state;
  const limit = path === undefined ? fixed : Number(requireByPath(path, { input, context }));
  return limit === 0 ? INLINE_CONCURRENCY : limit;
}
