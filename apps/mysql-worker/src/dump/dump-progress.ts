import type { JobProgress } from '@serverless-ops/job-schemas';
import type { RowsProgress } from '@serverless-ops/mysql-dump';

/** An average over less says nothing of the rest. */
const ETA_FROM_SECONDS = 5;
const ETA_FROM_SHARE = 0.02;

/**
 * A function from what was dumped so far to a progress report. The share of the whole is an estimate and never above 1:
 * a whole that proves too small is left out. The time left is there only while the average so far tells something of it.
 */
export function dumpProgress(nowMs: () => number): (done: RowsProgress) => Omit<JobProgress, 'updated_at'> {
  const startedMs = nowMs();
  return ({ rows, bytes, ofRows = 0, ofBytes = 0 }) => {
    const etaSeconds = secondsLeft(bytes / ofBytes, (nowMs() - startedMs) / 1000);
    return {
      phase: 'dumping',
      ...{ rows, bytes },
      ...(ofRows > 0 && ofRows >= rows && { of_rows: ofRows }),
      ...(ofBytes > 0 && ofBytes >= bytes && { of_bytes: ofBytes }),
      ...(etaSeconds !== undefined && { eta_seconds: etaSeconds }),
    };
  };
}

/** At the average speed so far. */
function secondsLeft(share: number, elapsedSeconds: number): number | undefined {
  if (!(share >= ETA_FROM_SHARE && share < 1) || elapsedSeconds < ETA_FROM_SECONDS) return undefined;
  return Math.ceil((elapsedSeconds * (1 - share)) / share);
}
