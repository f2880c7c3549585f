import { setTimeout as delay } from 'node:timers/promises';
import { CheckFailedError, InterruptedError } from './errors.ts';

/** How often a condition is looked at, in ms. */
const LOOK_EVERY_MS = 500;

/** What to say when a condition does not come true in time. */
export interface Wait {
  readonly timeoutMs: number;
  /** What was still missing, as a sentence. */
  readonly why: string;
  /** What to do about it, as a sentence. */
  readonly next: string;
  readonly signal: AbortSignal;
}

/** Looks again and again until `look` gives something. */
export async function until<T>({ timeoutMs, why, next, signal }: Wait, look: () => Promise<T | undefined>): Promise<T> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    if (signal.aborted) throw new InterruptedError();
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > giveUpAt) throw new CheckFailedError(why, next);
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
