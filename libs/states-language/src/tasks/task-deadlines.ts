import type { JsonObject } from '../json.ts';
import type { Clock } from '../clock.ts';
import { StatesError } from '../states-error.ts';

/** The time limits of one attempt at a task. A heartbeat only ever resets the heartbeat limit. */
export interface Deadlines {
  /** Aborts when the attempt is over time or the execution is stopped. */
  readonly signal: AbortSignal;
  start(): void;
  heartbeat: () => void;
  /** The result of the work, unless a limit passes or the execution is stopped before. */
  guard<Result>(work: Promise<Result>): Promise<Result>;
  /** Whether a limit has passed. */
  passed(): boolean;
  stop(): void;
}

export function createDeadlines(clock: Clock, outer: AbortSignal, limits: JsonObject): Deadlines {
  const late = new AbortController();
  const signal = AbortSignal.any([outer, late.signal]);
  const timeoutMs = Number(limits['timeoutInSeconds'] ?? Infinity) * 1000;
  const heartbeatMs = Number(limits['heartbeatInSeconds'] ?? Infinity) * 1000;
  let cancelTimeout = (): void => undefined;
  let cancelHeartbeat = (): void => undefined;

  function armHeartbeat(): void {
    cancelHeartbeat();
    if (heartbeatMs === Infinity) return;
    const missed = new StatesError('States.Timeout', '', 'States.HeartbeatTimeout');
    cancelHeartbeat = clock.after(heartbeatMs, () => late.abort(missed));
  }

  return {
    signal,
    start() {
      armHeartbeat();
      if (timeoutMs === Infinity) return;
      cancelTimeout = clock.after(timeoutMs, () => late.abort(new StatesError('States.Timeout')));
    },
    heartbeat: armHeartbeat,
    guard(work) {
      return new Promise((resolve, reject) => {
        const stop = (): void => reject(signal.reason as Error);
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop, { once: true });
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
      });
    },
    passed: () => late.signal.aborted,
    stop() {
      cancelTimeout();
      cancelHeartbeat();
    },
  };
}
