import { CallRate } from './call-rate.ts';

describe('a call rate', () => {
  it('lets as many calls through at once as the bucket holds, then as many as flow in', () => {
    let now = 0;
    const rate = new CallRate({ capacity: 20, perSecond: 20, now: () => new Date(now) });
    const allowed = (calls: number): number => {
      let count = 0;
      for (let call = 0; call < calls; call += 1) {
        try {
          rate.take();
          count += 1;
        } catch (error) {
          expect(error).toMatchObject({ code: 'ThrottlingException', message: 'Rate exceeded' });
        }
      }
      return count;
    };
    expect(allowed(100)).toBe(20);
    now += 500;
    expect(allowed(100)).toBe(10);
    now += 60_000;
    expect(allowed(100)).toBe(20);
  });
});
