import type { JsonObject } from './json.ts';
import type { Clock } from './clock.ts';

/** One line of events, each following the one before it: an execution has one, and one more for each parallel branch. */
export interface Branch {
  lastEventId: number;
}

export interface HistoryEvent extends JsonObject {
  id: number;
  previousEventId: number;
  /** Seconds since the epoch, as on the wire. */
  timestamp: number;
  type: string;
}

/** Everything an execution did, as `GetExecutionHistory` shows it. */
export interface History {
  readonly events: readonly HistoryEvent[];
  /** Adds an event after the last one of its branch; `details` has the key that AWS gives to this type of event. */
  record(branch: Branch, type: string, details?: JsonObject): void;
}

export function createHistory(clock: Clock): History {
  const events: HistoryEvent[] = [];
  return {
    events,
    record(branch, type, details = {}) {
      const id = events.length + 1;
      events.push({ timestamp: clock.now() / 1000, type, id, previousEventId: branch.lastEventId, ...details });
      branch.lastEventId = id;
    },
  };
}

/** Data in events, always as JSON text, with the note that goes with it: nothing is cut off here. */
export const eventInput = (input: unknown) => ({ input: JSON.stringify(input), inputDetails: { truncated: false } });
/** @see {@link eventInput} */
export const eventOutput = (output: unknown) => ({
  output: JSON.stringify(output),
  outputDetails: { truncated: false },
});

/** UTF-8 bytes of the largest input or output of any state. */
export function largestDataBytes(events: readonly HistoryEvent[]): number {
  const texts = events.flatMap(({ stateEnteredEventDetails: entered, stateExitedEventDetails: exited }) => [
    (entered as { input: string } | undefined)?.input ?? '',
    (exited as { output: string } | undefined)?.output ?? '',
  ]);
  return Math.max(...texts.map((text) => Buffer.byteLength(text)));
}
