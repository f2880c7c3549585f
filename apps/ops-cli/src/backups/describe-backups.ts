import type { DrillRecord } from '@serverless-ops/job-schemas';
import type { ListedBackup } from '@serverless-ops/object-store';
import { size } from '../jobs/progress-line.ts';
import { formatTable } from '../table.ts';

/** A backup, and how its last drill ended; undefined: it had none. */
export interface BackupWithDrill extends ListedBackup {
  readonly lastDrill: DrillRecord | 'unreadable' | undefined;
}

/** What a listing tells of each backup, newest last: for a person, with its age at that time. */
export function describeBackups(backups: readonly BackupWithDrill[], now: Date): string {
  const rows = backups.map(({ backupId, startedAt, finishedAt, engine = '', storedBytes, lastDrill }) => [
    backupId,
    age(startedAt, now),
    finishedAt === undefined ? 'no manifest: it runs, or broke off' : duration(startedAt, finishedAt),
    size(storedBytes),
    engine,
    describeDrill(lastDrill, now),
  ]);
  return formatTable([['BACKUP ID', 'AGE', 'TOOK', 'SIZE', 'ENGINE', 'LAST DRILL'], ...rows]);
}

/** `came back in 5 min, 2 days ago` */
function describeDrill(drill: BackupWithDrill['lastDrill'], now: Date): string {
  if (drill === undefined) return 'none';
  if (drill === 'unreadable') return 'its record is unreadable';
  const ago = `${age(new Date(drill.finished_at), now)} ago`;
  if (!drill.passed) return `FAILED (${drill.error?.code ?? 'unknown'}), ${ago}`;
  return `came back in ${inUnits(drill.result?.recovery_ms ?? 0)}, ${ago}`;
}

/** The same for a program: times in UTC, sizes in bytes. */
export function backupsAsJson(backups: readonly BackupWithDrill[]): string {
  const entries = backups.map(({ backupId, startedAt, finishedAt, engine, storedBytes, lastDrill }) => ({
    backup_id: backupId,
    started_at: startedAt.toISOString(),
    ...(finishedAt !== undefined && { finished_at: finishedAt.toISOString() }),
    stored_bytes: storedBytes,
    ...(engine !== undefined && { engine }),
    ...(lastDrill !== undefined && { last_drill: lastDrill }),
  }));
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** In the largest unit of which there is at least one. */
function age(then: Date, now: Date): string {
  const ms = Math.max(0, now.getTime() - then.getTime());
  if (ms >= DAY_MS) return counted(ms / DAY_MS, 'day');
  return ms >= HOUR_MS ? counted(ms / HOUR_MS, 'hour') : counted(ms / MINUTE_MS, 'minute');
}

function counted(amount: number, unit: string): string {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`;
}

/** From the second in the id to the second in which S3 stored the manifest. */
function duration(from: Date, to: Date): string {
  return inUnits(to.getTime() - from.getTime());
}

function inUnits(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
