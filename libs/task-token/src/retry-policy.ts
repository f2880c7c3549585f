import { setTimeout as sleep } from 'node:timers/promises';

/** How often and how patiently a report is sent again. */
export interface RetryPolicy {
  maxAttempts: number;
  /** How long one attempt may take before it counts as cut off. */
  attemptTimeoutMs: number;
  baseDelayMs: number;
  maxDelayMs: number;
  /** From 0 up to, not including, 1. */
  random: () => number;
  sleep: (delayMs: number) => Promise<unknown>;
}

/** About half a minute of delays on average: throttling and a lost network path pass, work of hours is not lost. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxAttempts: 8,
  attemptTimeoutMs: 10_000,
  baseDelayMs: 500,
  maxDelayMs: 20_000,
  random: Math.random,
  sleep,
};

/** Full jitter: anything up to the exponential delay, so that many workers cut off together do not return together. */
export function retryDelayMs(failedAttempts: number, policy: RetryPolicy): number {
  return policy.random() * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (failedAttempts - 1));
}
