import { byAge, keptByRule, type KeepRule } from './kept-by-rule.ts';

/** A folder with a backup's id. */
export interface PruneFolder {
  readonly backupId: string;
  /** From the id: the clock of the worker. */
  readonly startedAt: Date;
  /** When its newest object was stored: the clock of S3. */
  readonly storedAt: Date;
  /**
   * What the manifest says. `lane` is the same for backups that can stand for each other: of the same tables, and both
   * whole or both not. Undefined: there is no manifest.
   */
  readonly manifest: { readonly lane: string } | 'unreadable' | undefined;
}

export interface PruneRequest {
  readonly folders: readonly PruneFolder[];
  readonly rule: KeepRule;
  /** IANA name: its days, weeks and months count. */
  readonly timeZone: string;
  readonly now: Date;
  /** Ids of backups that other jobs read, each with what reads it. */
  readonly inUse: ReadonlyMap<string, string>;
}

/** What becomes of a folder, and why. */
export interface PlannedFolder {
  readonly backupId: string;
  readonly fate: 'keep' | 'delete';
  /** Completes "kept, because it is ...": `daily 2026-11-22, weekly 2026-W47`. */
  readonly why: string;
}

/** A backup that runs has no manifest, either. No job of the worker takes so long. */
const LEFTOVER_DAYS = 7;

/** Clocks of workers may differ by so much from each other. */
const CLOCK_TOLERANCE_MS = 60 * 60 * 1000;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Decides for every folder whether it stays, in the order of their age. The rule is applied to each lane by itself: a
 * backup that lacks something never takes the place of a whole one. Beside what the rule keeps, it keeps the newest of
 * each lane by the worker's clock and by that of S3, what another job reads, what it cannot judge, and what may still run.
 */
export function planPrune({ folders, rule, timeZone, now, inUse }: PruneRequest): PlannedFolder[] {
  const kept = new Map<string, string[]>();
  const keep = (backupId: string, why: string): unknown => kept.set(backupId, [...(kept.get(backupId) ?? []), why]);

  const judged = folders.filter(isJudged).filter(({ startedAt }) => !isInFuture(startedAt, now));
  for (const lane of Map.groupBy(judged, ({ manifest }) => manifest.lane).values()) {
    for (const [backupId, periods] of keptByRule(lane, rule, timeZone)) {
      for (const period of periods) keep(backupId, period);
    }
    const newest = lane.toSorted(byAge).at(-1);
    const storedLast = lane.toSorted((a, b) => a.storedAt.getTime() - b.storedAt.getTime() || byAge(a, b)).at(-1);
    if (newest && !kept.has(newest.backupId)) keep(newest.backupId, 'the newest');
    if (storedLast && !kept.has(storedLast.backupId)) keep(storedLast.backupId, 'stored last');
  }
  for (const { backupId, startedAt, storedAt, manifest } of folders) {
    const reader = inUse.get(backupId);
    if (reader !== undefined) keep(backupId, `in use by ${reader}`);
    if (isInFuture(startedAt, now)) keep(backupId, 'dated in the future');
    else if (manifest === 'unreadable') keep(backupId, 'not readable, so not judged');
    else if (manifest === undefined && !isLeftover({ startedAt, storedAt }, now))
      keep(backupId, 'without a manifest for less than 7 days');
  }
  return folders.toSorted(byAge).map(({ backupId, manifest }) => {
    const reasons = kept.get(backupId);
    if (reasons) return { backupId, fate: 'keep', why: reasons.join(', ') };
    return {
      backupId,
      fate: 'delete',
      why: manifest ? 'kept by no rule' : `without a manifest for ${LEFTOVER_DAYS} days`,
    };
  });
}

type JudgedFolder = PruneFolder & { readonly manifest: { readonly lane: string } };

function isJudged(folder: PruneFolder): folder is JudgedFolder {
  return typeof folder.manifest === 'object';
}

function isInFuture(startedAt: Date, now: Date): boolean {
  return startedAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS;
}

function isLeftover({ startedAt, storedAt }: Pick<PruneFolder, 'startedAt' | 'storedAt'>, now: Date): boolean {
  return Math.max(startedAt.getTime(), storedAt.getTime()) < now.getTime() - LEFTOVER_DAYS * DAY_MS;
}
