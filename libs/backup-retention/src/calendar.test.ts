import fc from 'fast-check';
import { calendarOf, isTimeZone } from './calendar.ts';
import { TIME_ZONES } from './testing/histories.ts';

describe('the periods of a moment', () => {
  it.each([
    ['2026-11-22T02:15:30Z', 'UTC', { daily: '2026-11-22', weekly: '2026-W47', monthly: '2026-11' }],
    // Past midnight there already.
    ['2026-11-30T23:30:00Z', 'Europe/Berlin', { daily: '2026-12-01', weekly: '2026-W49', monthly: '2026-12' }],
    ['2026-12-01T04:59:59Z', 'America/New_York', { daily: '2026-11-30', weekly: '2026-W49', monthly: '2026-11' }],
    // Both sides of the hour that comes twice, and of the hour that does not come.
    ['2026-10-25T00:30:00Z', 'Europe/Berlin', { daily: '2026-10-25' }],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', { daily: '2026-10-25' }],
    ['2026-03-28T23:00:00Z', 'Europe/Berlin', { daily: '2026-03-29' }],
    ['2026-03-29T21:59:59Z', 'Europe/Berlin', { daily: '2026-03-29' }],
    ['2026-03-29T22:00:00Z', 'Europe/Berlin', { daily: '2026-03-30' }],
    // Samoa had no 30 December 2011.
    ['2011-12-30T09:59:59Z', 'Pacific/Apia', { daily: '2011-12-29' }],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', { daily: '2011-12-31' }],
    // Weeks that belong to the year before, and to the year after.
    ['2027-01-03T12:00:00Z', 'UTC', { weekly: '2026-W53' }],
    ['2024-12-30T12:00:00Z', 'UTC', { weekly: '2025-W01' }],
    ['2026-01-01T00:00:00Z', 'UTC', { weekly: '2026-W01' }],
  ])('%s in %s', (moment, timeZone, periods) => {
    expect(calendarOf(timeZone)(new Date(moment))).toMatchObject(periods);
  });

  it('never go back while time goes on, in any time zone', () => {
    const moment = fc.date({ min: new Date('1999-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...TIME_ZONES),
        moment,
        fc.integer({ min: 0, max: 40 * 24 * 3600 }),
        (zone, from, seconds) => {
          const calendar = calendarOf(zone);
          const [before, after] = [calendar(from), calendar(new Date(from.getTime() + seconds * 1000))];
          for (const period of ['daily', 'weekly', 'monthly'] as const)
            expect(after[period] >= before[period]).toBe(true);
        },
      ),
    );
  });
});

describe('isTimeZone', () => {
  it.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['', false],
  ])('%j: %s', (name, is) => {
    expect(isTimeZone(name)).toBe(is);
  });
});
