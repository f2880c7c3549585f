import { dumpProgress } from './dump-progress.ts';

/** A dump that has run for so many seconds. */
function progressAfter(seconds: number): ReturnType<typeof dumpProgress> {
  let nowMs = 0;
  const progress = dumpProgress(() => nowMs);
  nowMs = seconds * 1000;
  return progress;
}

describe('the progress of a dump', () => {
  it('has the share of the whole, and the time left at the speed so far', () => {
    expect(progressAfter(30)({ rows: 250, ofRows: 1_000, bytes: 5_000, ofBytes: 20_000 })).toEqual({
      ...{ phase: 'dumping', rows: 250, of_rows: 1_000, bytes: 5_000, of_bytes: 20_000 },
      eta_seconds: 90,
    });
  });

  it.each([
    ['after a moment', 4, { bytes: 5_000, ofBytes: 20_000 }],
    ['of which little is done', 30, { bytes: 100, ofBytes: 20_000 }],
    ['that has all of what was estimated', 30, { bytes: 20_000, ofBytes: 20_000 }],
    ['of which nothing is done', 30, { bytes: 0, ofBytes: 20_000 }],
  ])('tells no time left of a dump %s', (_, seconds, done) => {
    expect(progressAfter(seconds)({ rows: 1, ...done })).not.toHaveProperty('eta_seconds');
  });

  it('leaves out a whole that is unknown, or that proves too small', () => {
    const done = { phase: 'dumping', rows: 250, bytes: 5_000 };

    expect(progressAfter(30)({ rows: 250, bytes: 5_000 })).toEqual(done);
    expect(progressAfter(30)({ rows: 250, ofRows: 200, bytes: 5_000, ofBytes: 4_000 })).toEqual(done);
  });
});
