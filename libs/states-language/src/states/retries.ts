import type { Retrier } from '../definition.ts';
import { namesError, type StatesError } from '../states-error.ts';

/** The retriers of one visit to a state: each counts its own attempts. */
export interface Retries {
  /** How long to wait before the next attempt, or undefined when the error is not to be retried (any more). */
  delayMs(error: StatesError): number | undefined;
}

/** Defaults are those of the States Language: 3 attempts, 1 s, doubled each time. */
export function createRetries(retriers: readonly Retrier[] = [], random: () => number = Math.random): Retries {
  const attempts = retriers.map(() => 0);
  return {
    delayMs(error) {
      const index = retriers.findIndex((retrier) => namesError(retrier.ErrorEquals, error));
      const retrier = retriers[index];
      const done = attempts[index];
      if (!retrier || done === undefined || done >= (retrier.MaxAttempts ?? 3)) return undefined;
      attempts[index] = done + 1;
      const seconds = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** done;
      const cappedMs = Math.min(seconds, retrier.MaxDelaySeconds ?? Infinity) * 1000;
      return retrier.JitterStrategy === 'FULL' ? cappedMs * random() : cappedMs;
    },
  };
}
