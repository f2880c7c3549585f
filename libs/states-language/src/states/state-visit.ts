import type { Json, JsonObject } from '../json.ts';
import type { Clock } from '../clock.ts';
import type { Branch, History } from '../history.ts';
import type { StatesMachine, TaskState } from '../definition.ts';

/** What the states of one execution, or of one of its branches, have in common. */
export interface StatesRun {
  /** `Execution` and `StateMachine` of the context object, and `Map` inside a Map state. */
  context: JsonObject;
  history: History;
  branch: Branch;
  clock: Clock;
  /** Stops everything: an aborted run rejects with the signal's reason. */
  signal: AbortSignal;
  runTask: RunTask;
  /** Waited before every retry instead of what the definition says. */
  retryIntervalMs?: number | undefined;
}

/** Does what a Task state names by its Resource. `fill` makes the parameters, which may hold the token of a callback. */
export type RunTask = (state: TaskState, fill: (task: JsonObject) => Json, visit: StateVisit) => Promise<Json>;

/** One attempt at a state. */
export interface StateVisit {
  name: string;
  input: Json;
  context: JsonObject;
  run: StatesRun;
  /** Runs the machine inside a Parallel or Map state. */
  runInner: (machine: StatesMachine, input: Json, run: StatesRun) => Promise<Json>;
}

/** What a state hands on; the last one has no `next`. */
export interface StateResult {
  output: Json;
  next: string | undefined;
}
