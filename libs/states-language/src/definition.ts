import type { Json } from './json.ts';

/** A JSONPath into the state's input (`$...`) or the context object (`$$...`). */
export type Path = string;

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  ErrorEquals: string[];
  Next: string;
  ResultPath?: Path | null;
}

/** What every state may have; `null` as a path means: an empty object, or for `ResultPath`: throw the result away. */
interface CommonFields {
  Comment?: string;
  InputPath?: Path | null;
  OutputPath?: Path | null;
  ResultPath?: Path | null;
  Parameters?: Json;
  ResultSelector?: Json;
  Retry?: Retrier[];
  Catch?: Catcher[];
  Next?: string;
  End?: true;
}

export interface TaskState extends CommonFields {
  Type: 'Task';
  Resource: string;
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: Path;
  HeartbeatSeconds?: number;
  HeartbeatSecondsPath?: Path;
}
export interface PassState extends CommonFields {
  Type: 'Pass';
  Result?: Json;
}
export interface WaitState extends CommonFields {
  Type: 'Wait';
  Seconds?: number;
  SecondsPath?: Path;
  Timestamp?: string;
  TimestampPath?: Path;
}
export interface ChoiceState extends CommonFields {
  Type: 'Choice';
  Choices: (ChoiceRule & { Next: string })[];
  Default?: string;
}
export interface SucceedState extends CommonFields {
  Type: 'Succeed';
}
export interface FailState extends CommonFields {
  Type: 'Fail';
  Error?: string;
  ErrorPath?: string;
  Cause?: string;
  CausePath?: string;
}
export interface ParallelState extends CommonFields {
  Type: 'Parallel';
  Branches: StatesMachine[];
}
export interface MapState extends CommonFields {
  Type: 'Map';
  ItemProcessor?: StatesMachine;
  /** The older name of `ItemProcessor`. */
  Iterator?: StatesMachine;
  ItemsPath?: Path;
  ItemSelector?: Json;
  MaxConcurrency?: number;
  MaxConcurrencyPath?: Path;
}
export type State =
  TaskState | PassState | WaitState | ChoiceState | SucceedState | FailState | ParallelState | MapState;

/** `And`, `Or`, `Not`, or `Variable` with one comparison (`StringEquals`, `IsPresent` ...). */
export interface ChoiceRule {
  And?: ChoiceRule[];
  Or?: ChoiceRule[];
  Not?: ChoiceRule;
  Variable?: Path;
  [comparison: string]: unknown;
}

/** A machine, a branch of a Parallel state, or the processor of a Map state. */
export interface StatesMachine {
  StartAt: string;
  States: Record<string, State>;
  /** Of the whole execution; only the outermost machine has it. */
  TimeoutSeconds?: number;
}
