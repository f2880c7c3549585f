import { calendarOf, type CalendarPeriods } from './calendar.ts';

/** For how many of the last days, weeks and months that have a backup one is kept. Absent: the rule keeps none for it. */
export interface KeepRule {
  readonly daily?: number | undefined;
  readonly weekly?: number | undefined;
  readonly monthly?: number | undefined;
}

/** A backup, as far as the rule looks at it. */
export interface DatedBackup {
  readonly backupId: string;
  readonly startedAt: Date;
}

const PERIODS = ['daily', 'weekly', 'monthly'] as const satisfies readonly (keyof CalendarPeriods)[];

/**
 * What the rule keeps, each with the periods that it is kept for: `daily 2026-11-22`. Of a period it is the newest backup,
 * so a period that is not over never loses the one that will stand for it. Periods without a backup do not count: when
 * backups stop, none is given up.
 */
export function keptByRule(backups: readonly DatedBackup[], rule: KeepRule, timeZone: string): Map<string, string[]> {
  const calendar = calendarOf(timeZone);
  const newestFirst = backups.toSorted(byAge).reverse();
  const kept = new Map<string, string[]>();
  for (const period of PERIODS) {
    const newestOf = new Map<string, string>();
    for (const { backupId, startedAt } of newestFirst) {
      const name = calendar(startedAt)[period];
      if (!newestOf.has(name)) newestOf.set(name, backupId);
    }
    for (const [name, backupId] of [...newestOf].slice(0, rule[period] ?? 0)) {
      kept.set(backupId, [...(kept.get(backupId) ?? []), `${period} ${name}`]);
    }
  }
  return kept;
}

/** Oldest first; two backups of one second in the order of their ids, as a listing has them. */
export function byAge(a: DatedBackup, b: DatedBackup): number {
  return a.startedAt.getTime() - b.startedAt.getTime() || (a.backupId < b.backupId ? -1 : 1);
}
