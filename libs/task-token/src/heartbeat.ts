import { TaskTokenExpiredError } from './errors.ts';
import type { TaskReporter } from './task-reporter.ts';

/** Five missed beats and a Fargate cold start of a minute fit into the state's `HeartbeatSeconds` of 300. */
const DEFAULT_INTERVAL_MS = 30_000;

/** The part of the timers that a heartbeat needs. */
export interface HeartbeatClock {
  setInterval(beat: () => void, intervalMs: number): NodeJS.Timeout;
  clearInterval(timer: NodeJS.Timeout): void;
}

/** Beats at once and then at every interval, until stopped or until Step Functions no longer waits for the task. */
export function startHeartbeat(options: {
  reporter: Pick<TaskReporter, 'heartbeat'>;
  /** @default 30,000 */
  intervalMs?: number;
  /** Whether the work moves on. While it does not, no beat is sent, so that a stuck job times out. */
  isAlive: () => boolean;
  /** Called once, when Step Functions no longer waits for this task; no beat follows. */
  onExpired: (error: TaskTokenExpiredError) => void;
  /** Called for every beat that could not be delivered. @default nothing: the next beat makes up for it */
  onError?: (error: unknown) => void;
  /** @default the real timers */
  clock?: HeartbeatClock;
}): { stop(): void } {
  const { reporter, intervalMs = DEFAULT_INTERVAL_MS, isAlive, onExpired, onError, clock = globalThis } = options;
  let stopped = false;
  let beating = false;

  const beat = async (): Promise<void> => {
    if (beating || !isAlive()) return;
    beating = true;
    try {
      await reporter.heartbeat();
    } catch (error) {
      if (stopped) return;
      if (error instanceof TaskTokenExpiredError) {
        stop();
        onExpired(error);
      } else {
        onError?.(error);
      }
    } finally {
      beating = false;
    }
  };

  const timer = clock.setInterval(() => void beat(), intervalMs);
  const stop = (): void => {
    stopped = true;
    clock.clearInterval(timer);
  };
  void beat();
  return { stop };
}
