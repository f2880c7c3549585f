import type { Clock } from './clock.ts';

/** A clock that stops until a test moves it forward. */
export interface ManualClock extends Clock {
  /** Lets time pass, and everything happen that is due in it, in order. */
  advance(ms: number): Promise<void>;
  /** Lets as much time pass as the next timer needs. */
  advanceToNext(): Promise<void>;
  pendingTimers(): number;
}

/** Lets every promise that can go on go on. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function createManualClock(startMs = Date.parse('2026-11-22T02:00:00Z')): ManualClock {
  const timers = new Set<{ atMs: number; action: () => void }>();
  let nowMs = startMs;
  const clock: ManualClock = {
    now: () => nowMs,
    after(delayMs, action) {
      const timer = { atMs: nowMs + delayMs, action };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (let next = earliest(untilMs); next; next = earliest(untilMs)) {
        timers.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.action();
        await settle();
      }
      nowMs = untilMs;
    },
    advanceToNext: async () => clock.advance((earliest(Infinity)?.atMs ?? nowMs) - nowMs),
    pendingTimers: () => timers.size,
  };
  return clock;

  function earliest(untilMs: number) {
    return [...timers].filter(({ atMs }) => atMs <= untilMs).sort((left, right) => left.atMs - right.atMs)[0];
  }
}
