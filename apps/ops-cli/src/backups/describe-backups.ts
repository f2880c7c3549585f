import type { ListedBackup } from '@serverless-ops/object-store';
import { size } from '../jobs/progress-line.ts';
import { formatTable } from '../table.ts';

/** What a listing tells of each backup, newest last: for a person, with its age at that time. */
export function describeBackups(backups: readonly ListedBackup[], now: Date): string {
  const rows = backups.map(({ backupId, startedAt, finishedAt, engine = '', storedBytes }) => [
    backupId,
    age(startedAt, now),
    finishedAt === undefined ? 'no manifest: it runs, or broke off' : duration(startedAt, finishedAt),
    size(storedBytes),
    engine,
  ]);
  return formatTable([['BACKUP ID', 'AGE', 'TOOK', 'SIZE', 'ENGINE'], ...rows]);
}

/** The same for a program: times in UTC, sizes in bytes. */
export function backupsAsJson(backups: readonly ListedBackup[]): string {
  const entries = backups.map(({ backupId, startedAt, finishedAt, engine, storedBytes }) => ({
    backup_id: backupId,
    started_at: startedAt.toISOString(),
    ...(finishedAt !== undefined && { finished_at: finishedAt.toISOString() }),
    stored_bytes: storedBytes,
    ...(engine !== undefined && { engine }),
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
  const seconds = Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
