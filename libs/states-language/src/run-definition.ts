import { definitionProblems } from './check/definition-problems.ts';
import type { StatesMachine } from './definition.ts';
import { startExecution, type Execution, type ExecutionStatus } from './execution.ts';
import type { HistoryEvent } from './history.ts';
import type { Json } from './json.ts';
import { createManualClock, settle, type ManualClock } from './manual-clock.ts';
import type { StateMachineType } from './state-machine.ts';
import { answeringTasks, type AnswerTask, type TaskCall } from './tasks/answering-tasks.ts';

export interface RunOptions {
  /** What the execution starts with. @default {} */
  readonly input?: unknown;
  /** Answers what Task states ask for. @default a Task state fails the test */
  readonly answer?: AnswerTask;
  /** Whether it is an Express workflow, which AWS allows no callbacks. @default STANDARD */
  readonly type?: StateMachineType;
  /** Of the execution. @default job-1 */
  readonly name?: string;
  /** Of the execution. @default one in eu-west-1 that ends in the name */
  readonly arn?: string;
  /** What waits, retries and time limits go by; it is moved on as they need it. @default a clock of its own */
  readonly clock?: ManualClock;
}

/** How a run ended, and what happened in it. */
export interface DefinitionRun {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  /** Of a run that succeeded. */
  readonly output?: Json | undefined;
  /** Of any other run. */
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  /** Names of the states in the order in which they were entered. */
  readonly entered: readonly string[];
  /** What Task states asked for, in order, each attempt once. */
  readonly calls: readonly TaskCall[];
  readonly history: readonly HistoryEvent[];
  /** Milliseconds of the clock from start to end. */
  readonly tookMs: number;
}

/**
 * Runs a definition to its end, without AWS and without real time: between two answers the clock is moved to the next
 * wait, retry or time limit. Throws for a definition that AWS refuses, for what `answer` throws beside `StatesError`, and
 * for a run that nothing can end.
 */
export async function runDefinition(definition: object, options: RunOptions = {}): Promise<DefinitionRun> {
  const { input = {}, type = 'STANDARD', name = 'job-1', clock = createManualClock() } = options;
  const { arn = `arn:aws:states:eu-west-1:111122223333:execution:machine:${name}` } = options;
  const tasks = answeringTasks(clock, options.answer);
  const startedAtMs = clock.now();
  const execution = startExecution({
    arn,
    name,
    machine: machineOf(definition, type),
    inputText: JSON.stringify(input),
    clock,
    runTask: tasks.runTask,
    onStatusChange: () => undefined,
  });
  await settle();
  while (execution.status === 'RUNNING') {
    if (clock.pendingTimers() === 0) {
      execution.stop();
      throw new Error(`The run waits for ever: ${tasks.calls.at(-1)?.state ?? 'its task'} was never answered.`);
    }
    await clock.advanceToNext();
  }
  if (tasks.mistake) throw tasks.mistake.error;
  const { status, output, error, cause, history } = execution as Execution & { status: DefinitionRun['status'] };
  const { events } = history;
  const tookMs = clock.now() - startedAtMs;
  return { status, output, error, cause, entered: statesEntered(events), calls: tasks.calls, history: events, tookMs };
}

/** Definitions that were found good: a property test runs one of them hundreds of times. */
const CHECKED = new Set<string>();

function machineOf(definition: object, type: StateMachineType) {
  const definitionText = JSON.stringify(definition);
  if (!CHECKED.has(type + definitionText)) {
    const problems = definitionProblems(definition, { type });
    if (problems.length > 0) throw new Error(`AWS refuses this definition:\n${problems.join('\n')}`);
    CHECKED.add(type + definitionText);
  }
  return {
    arn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:machine',
    name: 'machine',
    type,
    roleArn: 'arn:aws:iam::111122223333:role/machine',
    definitionText,
    definition: definition as StatesMachine,
    createdAtMs: 0,
  };
}

function statesEntered(events: readonly HistoryEvent[]): string[] {
  return events.flatMap(({ stateEnteredEventDetails: details }) =>
    details === undefined ? [] : [(details as { name: string }).name],
  );
}
