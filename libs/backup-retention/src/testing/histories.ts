import fc from 'fast-check';
import type { KeepRule } from '../kept-by-rule.ts';
import type { PruneFolder } from '../plan-prune.ts';

/** With and without summer time, far from UTC on both sides, with halves of hours, changes at midnight, a missing day. */
export const TIME_ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
] as const;

export const NOW = new Date('2012-03-31T22:30:00Z');

const DAY_MS = 24 * 60 * 60 * 1000;

/** Some are of one second, some of the future, and S3's clock may say something else than the worker's. */
const folder: fc.Arbitrary<PruneFolder> = fc
  .record({
    ageMs: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 500 }).map((hours) => hours * 60 * 60 * 1000) },
      { weight: 3, arbitrary: fc.integer({ min: 0, max: 500 * DAY_MS }) },
      { weight: 1, arbitrary: fc.integer({ min: -2 * DAY_MS, max: 0 }) },
    ),
    storedLaterMs: fc.oneof(fc.constant(60_000), fc.integer({ min: -DAY_MS, max: 30 * DAY_MS })),
    random: fc.integer({ min: 0, max: 0xffffffff }),
    manifest: fc.oneof(
      { weight: 6, arbitrary: fc.constant({ lane: 'whole' }) },
      { weight: 3, arbitrary: fc.constantFrom({ lane: 'incomplete' }, { lane: 'orders' }) },
      { weight: 1, arbitrary: fc.constantFrom('unreadable' as const, undefined) },
    ),
  })
  .map(({ ageMs, storedLaterMs, random, manifest }) => {
    const startedAt = new Date(Math.floor((NOW.getTime() - ageMs) / 1000) * 1000);
    const time = startedAt.toISOString().replaceAll(/[-:]|\.\d+/g, '');
    return {
      backupId: `${time}-${random.toString(16).padStart(8, '0')}`,
      startedAt,
      storedAt: new Date(Math.min(startedAt.getTime() + storedLaterMs, NOW.getTime())),
      manifest,
    };
  });

export const history = fc.uniqueArray(folder, { selector: ({ backupId }) => backupId, maxLength: 60 });

const count = fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined });

export const keepRule: fc.Arbitrary<KeepRule> = fc.record({ daily: count, weekly: count, monthly: count });
