import fc from 'fast-check';
import type { RandomColumn } from './random-column.ts';

const fraction = fc.integer({ min: 0, max: 6 });

/** From the year 1000 on, in UTC; the driver is not asked. */
const instant = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });

/** What a server takes for a date without being strict: none at all, and months and days of 0. */
const NO_DAYS = ['0000-00-00', '2024-00-00', '2024-07-00', '0001-01-01', '9999-12-31'];

const day = fc.oneof(
  { weight: 3, arbitrary: instant.map((at) => at.toISOString().slice(0, 10)) },
  { weight: 1, arbitrary: fc.constantFrom(...NO_DAYS) },
);

/** With microseconds; the column rounds them. */
const clock = fc
  .tuple(instant, fc.integer({ min: 0, max: 999 }))
  .map(([at, micros]) => `${at.toISOString().slice(11, 23)}${String(micros).padStart(3, '0')}`);

/** Days and times of every precision, zero dates among them. */
export const timeColumn: fc.Arbitrary<RandomColumn> = fraction.chain((digits) =>
  fc.constantFrom<RandomColumn>(
    {
      type: `DATETIME(${digits})`,
      value: fc.tuple(day, clock).map(([date, time]) => `'${date} ${time}'`),
      inKey: '',
    },
    {
      type: `TIMESTAMP(${digits}) NULL`,
      value: fc.oneof(
        fc.constant("'0000-00-00 00:00:00'"),
        fc
          .integer({ min: 1, max: 2 ** 31 - 2 })
          .map((at) => `'${new Date(at * 1000).toISOString().slice(0, 19)}.987654'`),
      ),
    },
    {
      type: `TIME(${digits})`,
      value: fc
        .tuple(fc.integer({ min: -838, max: 838 }), fc.integer({ min: 0, max: 59 }), fraction)
        .map(([hours, minutes, part]) => `'${hours}:${minutes}:07.${part}12345'`),
      inKey: '',
    },
    { type: 'DATE', value: day.map((date) => `'${date}'`), inKey: '' },
    { type: 'YEAR', value: fc.oneof(fc.constant('0'), fc.integer({ min: 1901, max: 2155 }).map(String)), inKey: '' },
  ),
);
