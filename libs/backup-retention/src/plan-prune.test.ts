import fc from 'fast-check';
import { keptByRule, type KeepRule } from './kept-by-rule.ts';
import { planPrune, type PruneFolder, type PruneRequest } from './plan-prune.ts';
import { history, keepRule, NOW, TIME_ZONES } from './testing/histories.ts';

const zone = fc.constantFrom(...TIME_ZONES);
const RUNS = { numRuns: 500 };

const request = (folders: readonly PruneFolder[], rule: KeepRule, timeZone = 'UTC'): PruneRequest => ({
  folders,
  rule,
  timeZone,
  now: NOW,
  inUse: new Map(),
});
const keptIds = (asked: PruneRequest): string[] =>
  planPrune(asked).flatMap(({ backupId, fate }) => (fate === 'keep' ? [backupId] : []));
const laneOf = ({ manifest }: PruneFolder): string | undefined =>
  typeof manifest === 'object' ? manifest.lane : undefined;
const isPast = ({ startedAt }: PruneFolder): boolean => startedAt.getTime() <= NOW.getTime() + 60 * 60 * 1000;
const newestBy = (folders: readonly PruneFolder[], time: 'startedAt' | 'storedAt'): PruneFolder | undefined =>
  folders.toSorted((a, b) => a[time].getTime() - b[time].getTime() || (a.backupId < b.backupId ? -1 : 1)).at(-1);

/** A folder of a moment, whole unless told. */
function folder(time: string, manifest: PruneFolder['manifest'] = { lane: 'whole' }, storedAt = time): PruneFolder {
  const id = time.replaceAll(/[-:]/g, '');
  return { backupId: `${id}-00000000`, startedAt: new Date(time), storedAt: new Date(storedAt), manifest };
}

describe('planPrune', () => {
  it('keeps the newest of each of the last days, weeks and months', () => {
    const plan = planPrune(
      request(
        [
          '2012-01-05T02:00:00Z',
          '2012-01-31T02:00:00Z',
          '2012-02-28T02:00:00Z',
          '2012-03-18T02:00:00Z',
          '2012-03-25T02:00:00Z',
          '2012-03-29T02:00:00Z',
          '2012-03-30T02:00:00Z',
          '2012-03-30T14:00:00Z',
          '2012-03-31T02:00:00Z',
        ].map((time) => folder(time)),
        { daily: 2, weekly: 3, monthly: 3 },
      ),
    );
    expect(plan.map(({ backupId, fate, why }) => `${backupId.slice(0, 11)} ${fate}: ${why}`)).toEqual([
      '20120105T02 delete: kept by no rule',
      '20120131T02 keep: monthly 2012-01',
      '20120228T02 keep: monthly 2012-02',
      '20120318T02 keep: weekly 2012-W11',
      '20120325T02 keep: weekly 2012-W12',
      '20120329T02 delete: kept by no rule',
      '20120330T02 delete: kept by no rule',
      '20120330T14 keep: daily 2012-03-30',
      '20120331T02 keep: daily 2012-03-31, weekly 2012-W13, monthly 2012-03',
    ]);
  });

  it('counts days that have a backup: when backups stop, it keeps what there is', () => {
    const old = ['2010-01-01T00:00:00Z', '2010-01-09T00:00:00Z', '2010-02-01T00:00:00Z'].map((time) => folder(time));
    expect(keptIds(request(old, { daily: 2 }))).toEqual(['20100109T000000Z-00000000', '20100201T000000Z-00000000']);
  });

  it.each<[string, PruneFolder, 'keep' | 'delete', string]>([
    [
      'a manifest that cannot be read',
      folder('2010-01-01T00:00:00Z', 'unreadable'),
      'keep',
      'not readable, so not judged',
    ],
    ['a date in the future', folder('2012-04-01T00:00:00Z'), 'keep', 'dated in the future'],
    [
      'no manifest for 6 days',
      { ...folder('2012-03-25T23:00:00Z'), manifest: undefined },
      'keep',
      'without a manifest for less than 7 days',
    ],
    [
      'no manifest for 8 days',
      { ...folder('2012-03-23T22:00:00Z'), manifest: undefined },
      'delete',
      'without a manifest for 7 days',
    ],
    [
      'no manifest for 8 days, but an object of today',
      { ...folder('2012-03-23T22:00:00Z', undefined, '2012-03-31T22:00:00Z'), manifest: undefined },
      'keep',
      'without a manifest for less than 7 days',
    ],
  ])('decides on a folder with %s', (_, each, fate, why) => {
    const newest = folder('2012-03-31T02:00:00Z');
    const plan = planPrune(request([each, newest], { daily: 1 }));
    expect(plan).toContainEqual({ backupId: each.backupId, fate, why });
    expect(plan).toContainEqual({ backupId: newest.backupId, fate: 'keep', why: 'daily 2012-03-31' });
  });

  it('keeps what another job reads', () => {
    const read = folder('2010-01-01T00:00:00Z');
    const inUse = new Map([[read.backupId, 'db_restore-1']]);
    expect(planPrune({ ...request([read, folder('2012-03-31T02:00:00Z')], { daily: 1 }), inUse })[0]).toEqual({
      backupId: read.backupId,
      fate: 'keep',
      why: 'in use by db_restore-1',
    });
  });

  it('keeps the backup that S3 stored last, also when the clock of its worker was wrong', () => {
    const wrongClock = folder('1970-01-01T00:00:10Z', { lane: 'whole' }, '2012-03-31T20:00:00Z');
    expect(planPrune(request([wrongClock, folder('2012-03-30T02:00:00Z')], { daily: 1 }))[0]).toMatchObject({
      fate: 'keep',
      why: 'stored last',
    });
  });
});

describe('over random histories and time zones, planPrune', () => {
  it('never gives up the last good backup of a lane, by either clock', () => {
    fc.assert(
      fc.property(history, keepRule, zone, (folders, rule, timeZone) => {
        const kept = new Set(keptIds(request(folders, rule, timeZone)));
        for (const lane of ['whole', 'incomplete', 'orders']) {
          const good = folders.filter((each) => laneOf(each) === lane && isPast(each));
          for (const newest of [newestBy(good, 'startedAt'), newestBy(good, 'storedAt')]) {
            if (newest) expect(kept).toContain(newest.backupId);
          }
        }
      }),
      RUNS,
    );
  });

  it('never gives up one in use, one of the future, one that it cannot read, or a young one without a manifest', () => {
    fc.assert(
      fc.property(history, keepRule, zone, fc.infiniteStream(fc.boolean()), (folders, rule, timeZone, used) => {
        const inUse = new Map(folders.filter(() => used.next().value).map(({ backupId }) => [backupId, 'job']));
        const asked = { ...request(folders, rule, timeZone), inUse };
        const kept = new Set(keptIds(asked));
        const weekAgo = NOW.getTime() - 7 * 24 * 60 * 60 * 1000;
        for (const each of folders) {
          const mayRun = each.manifest === undefined && each.startedAt.getTime() >= weekAgo;
          if (inUse.has(each.backupId) || !isPast(each) || each.manifest === 'unreadable' || mayRun) {
            expect(kept).toContain(each.backupId);
          }
        }
      }),
      RUNS,
    );
  });

  it('never gives up the latest, which a restore that begins meanwhile takes', () => {
    fc.assert(
      fc.property(history, keepRule, zone, (folders, rule, timeZone) => {
        const latest = folders
          .filter(({ manifest }) => manifest !== undefined)
          .map(({ backupId }) => backupId)
          .toSorted()
          .at(-1);
        if (latest !== undefined) expect(keptIds(request(folders, rule, timeZone))).toContain(latest);
      }),
      RUNS,
    );
  });

  it('decides on every folder once, whatever their order', () => {
    fc.assert(
      fc.property(history, keepRule, zone, (folders, rule, timeZone) => {
        const plan = planPrune(request(folders, rule, timeZone));
        expect(plan.map(({ backupId }) => backupId).toSorted()).toEqual(
          folders.map(({ backupId }) => backupId).toSorted(),
        );
        expect(planPrune(request(folders.toReversed(), rule, timeZone))).toEqual(plan);
      }),
      RUNS,
    );
  });

  it('never lets a backup that lacks something decide on a whole one', () => {
    fc.assert(
      fc.property(history, keepRule, zone, (folders, rule, timeZone) => {
        const whole = folders.filter((each) => laneOf(each) === 'whole');
        const fates = (of: PruneFolder[]) =>
          planPrune(request(of, rule, timeZone)).filter(({ backupId }) =>
            whole.some((each) => each.backupId === backupId),
          );
        expect(fates(folders)).toEqual(fates(whole));
      }),
      RUNS,
    );
  });

  it('has nothing left to do when it was done', () => {
    fc.assert(
      fc.property(history, keepRule, zone, (folders, rule, timeZone) => {
        const kept = new Set(keptIds(request(folders, rule, timeZone)));
        const left = folders.filter(({ backupId }) => kept.has(backupId));
        expect(keptIds(request(left, rule, timeZone))).toEqual(
          left.map(({ backupId }) => backupId).toSorted(byId(left)),
        );
      }),
      RUNS,
    );
  });

  it('keeps no less by a rule that keeps more', () => {
    fc.assert(
      fc.property(history, keepRule, keepRule, zone, (folders, rule, more, timeZone) => {
        const both: KeepRule = {
          daily: Math.max(rule.daily ?? 0, more.daily ?? 0),
          weekly: Math.max(rule.weekly ?? 0, more.weekly ?? 0),
          monthly: Math.max(rule.monthly ?? 0, more.monthly ?? 0),
        };
        const kept = new Set(keptIds(request(folders, both, timeZone)));
        for (const id of keptIds(request(folders, rule, timeZone))) expect(kept).toContain(id);
      }),
      RUNS,
    );
  });
});

describe('the rule, over random histories and time zones', () => {
  it('keeps as many as it says, and for each of the last periods the newest', () => {
    fc.assert(
      fc.property(history, keepRule, zone, (folders, rule, timeZone) => {
        const kept = keptByRule(folders, rule, timeZone);
        // Another way to the same days: a locale that writes them as ISO 8601 does.
        const days = folders.map(({ startedAt }) => startedAt.toLocaleDateString('sv-SE', { timeZone }));
        const lastDays = [...new Set(days)].toSorted().slice(-(rule.daily ?? 0) || Infinity);
        const expected = lastDays.map((day) => {
          const ids = folders.filter((_, i) => days[i] === day).map(({ backupId }) => backupId);
          return [ids.toSorted().at(-1), `daily ${day}`];
        });
        const daily = [...kept].flatMap(([id, whys]) =>
          whys.filter((why) => why.startsWith('daily')).map((why) => [id, why]),
        );
        expect(daily.toSorted()).toEqual(expected.toSorted());
        expect(kept.size).toBeLessThanOrEqual((rule.daily ?? 0) + (rule.weekly ?? 0) + (rule.monthly ?? 0));
      }),
      RUNS,
    );
  });

  it('keeps the same in one go as day by day', () => {
    fc.assert(
      fc.property(history, keepRule, zone, (folders, rule, timeZone) => {
        const dayByDay: PruneFolder[] = [];
        for (const each of folders.toSorted((a, b) => (a.backupId < b.backupId ? -1 : 1))) {
          dayByDay.push(each);
          const kept = keptByRule(dayByDay, rule, timeZone);
          dayByDay.splice(0, Infinity, ...dayByDay.filter(({ backupId }) => kept.has(backupId)));
        }
        expect(dayByDay.map(({ backupId }) => backupId).toSorted()).toEqual(
          [...keptByRule(folders, rule, timeZone).keys()].toSorted(),
        );
      }),
      RUNS,
    );
  });
});

/** The order of their age, which is that of the ids but for the clock of each second. */
function byId(folders: readonly PruneFolder[]): (a: string, b: string) => number {
  const started = new Map(folders.map(({ backupId, startedAt }) => [backupId, startedAt.getTime()]));
  return (a, b) => (started.get(a) ?? 0) - (started.get(b) ?? 0) || (a < b ? -1 : 1);
}
