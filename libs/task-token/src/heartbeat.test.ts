import { startHeartbeat, TaskTokenExpiredError, type HeartbeatClock } from './index.ts';

/** Timers that advance only when told, one interval at a time, with every promise settled in between. */
function manualClock() {
  let tick: (() => void) | undefined;
  const clock: HeartbeatClock = {
    setInterval: (beat) => {
      tick = beat;
      return 1 as unknown as NodeJS.Timeout;
    },
    clearInterval: () => {
      tick = undefined;
    },
  };
  return {
    clock,
    nextInterval: async () => {
      tick?.();
      await settled();
    },
  };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Answers each beat with the next of `outcomes`; beats after them succeed. */
function recordingReporter(outcomes: (() => Promise<void>)[] = []) {
  let beats = 0;
  return {
    reporter: { heartbeat: () => outcomes[beats++]?.() ?? Promise.resolve() },
    beats: () => beats,
  };
}

const expired = () => Promise.reject(new TaskTokenExpiredError());
const noExpiry = () => {
  throw new Error('not expected to expire');
};

describe('the heartbeat', () => {
  it('beats at once, then at every interval, until it is stopped', async () => {
    const { clock, nextInterval } = manualClock();
    const { reporter, beats } = recordingReporter();

    const heartbeat = startHeartbeat({ reporter, isAlive: () => true, onExpired: noExpiry, clock });
    expect(beats()).toBe(1);
    await settled();
    await nextInterval();
    await nextInterval();
    expect(beats()).toBe(3);

    heartbeat.stop();
    await nextInterval();
    expect(beats()).toBe(3);
  });

  it('beats every 30 seconds unless told', () => {
    const intervals: number[] = [];
    const clock: HeartbeatClock = {
      setInterval: (_, intervalMs) => {
        intervals.push(intervalMs);
        return 1 as unknown as NodeJS.Timeout;
      },
      clearInterval: () => undefined,
    };
    const { reporter } = recordingReporter();

    startHeartbeat({ reporter, isAlive: () => true, onExpired: noExpiry, clock });
    startHeartbeat({ reporter, isAlive: () => true, onExpired: noExpiry, clock, intervalMs: 50 });

    expect(intervals).toEqual([30_000, 50]);
  });

  it('does not beat while the work does not move, and beats again when it moves', async () => {
    const { clock, nextInterval } = manualClock();
    const { reporter, beats } = recordingReporter();
    let alive = false;

    startHeartbeat({ reporter, isAlive: () => alive, onExpired: noExpiry, clock });
    await nextInterval();
    expect(beats()).toBe(0);

    alive = true;
    await nextInterval();
    expect(beats()).toBe(1);
  });

  it('never has two beats under way', async () => {
    const { clock, nextInterval } = manualClock();
    let answer = (): void => undefined;
    const slow = () => new Promise<void>((resolve) => (answer = resolve));
    const { reporter, beats } = recordingReporter([slow]);

    startHeartbeat({ reporter, isAlive: () => true, onExpired: noExpiry, clock });
    await nextInterval();
    await nextInterval();
    expect(beats()).toBe(1);

    answer();
    await settled();
    await nextInterval();
    expect(beats()).toBe(2);
  });

  it('tells once that the token has expired, and stops', async () => {
    const { clock, nextInterval } = manualClock();
    const { reporter, beats } = recordingReporter([expired, expired]);
    const told: Error[] = [];

    startHeartbeat({ reporter, isAlive: () => true, onExpired: (error) => told.push(error), clock });
    await settled();
    await nextInterval();

    expect(told).toEqual([expect.any(TaskTokenExpiredError)]);
    expect(beats()).toBe(1);
  });

  it('goes on after a beat that failed otherwise, and tells of it', async () => {
    const { clock, nextInterval } = manualClock();
    const { reporter, beats } = recordingReporter([() => Promise.reject(new Error('throttled'))]);
    const told: unknown[] = [];

    startHeartbeat({ reporter, isAlive: () => true, onExpired: noExpiry, onError: (error) => told.push(error), clock });
    await settled();
    await nextInterval();

    expect(told).toEqual([new Error('throttled')]);
    expect(beats()).toBe(2);
  });

  it('says nothing of a beat that was under way when it was stopped', async () => {
    const { clock } = manualClock();
    const { reporter } = recordingReporter([expired]);
    const told: unknown[] = [];

    startHeartbeat({ reporter, isAlive: () => true, onExpired: (error) => told.push(error), clock }).stop();
    await settled();

    expect(told).toEqual([]);
  });
});
