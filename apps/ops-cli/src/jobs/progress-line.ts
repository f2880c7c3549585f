import type { JobStatus } from './jobs.ts';

const BAR_CHARACTERS = 24;

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A running job in one line, no longer than `columns`: phase, bar, share, amounts, time left, as far as each is known. */
export function progressLine({ id, progress }: Pick<JobStatus, 'id' | 'progress'>, columns: number): string {
  if (progress === undefined) return cut(`${id}: waiting for its first news`, columns);
  const { phase, rows, bytes, of_bytes, eta_seconds } = progress;
  const share = bytes !== undefined && of_bytes !== undefined ? Math.min(1, bytes / of_bytes) : undefined;
  const parts = [
    `${id}: ${phase}`,
    share !== undefined && `${bar(share)} ${Math.floor(share * 100)} %`,
    bytes !== undefined && (of_bytes === undefined ? size(bytes) : `${size(bytes)} of about ${size(of_bytes)}`),
    rows !== undefined && `${rows.toLocaleString('en')} rows`,
    eta_seconds !== undefined && `${duration(eta_seconds)} left`,
  ];
  return cut(parts.filter((part) => part !== false).join('  '), columns);
}

function bar(share: number): string {
  const filled = Math.round(share * BAR_CHARACTERS);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_CHARACTERS - filled)}]`;
}

/** `1.2 GB`: three digits at most, in steps of 1,000. */
export function size(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** unit;
  return `${unit === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${UNITS[unit] ?? ''}`;
}

/** `1:02:03` */
function duration(seconds: number): string {
  const pad = (amount: number): string => String(Math.floor(amount)).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${pad((seconds % 3600) / 60)}:${pad(seconds % 60)}`;
}

function cut(line: string, columns: number): string {
  return line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - 1))}…`;
}
