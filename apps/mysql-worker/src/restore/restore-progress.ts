import type { JobProgress } from '@serverless-ops/job-schemas';
import type { RestoreProgress } from '@serverless-ops/mysql-restore';

/** The progress of a restore as a job reports it, with the time that is left of loading. */
export function restoreProgress(nowMs: () => number): (progress: RestoreProgress) => Omit<JobProgress, 'updated_at'> {
  let loadingSinceMs: number | undefined;
  return ({ phase, rows, bytes, ofRows, ofBytes }) => {
    loadingSinceMs ??= phase === 'restoring' ? nowMs() : undefined;
    const left = (ofBytes ?? 0) - bytes;
    const elapsedMs = nowMs() - (loadingSinceMs ?? nowMs());
    const isKnown = phase === 'restoring' && bytes > 0 && left >= 0;
    return {
      ...{ phase, rows: Math.max(rows, 0), bytes: Math.max(bytes, 0) },
      ...(ofRows && { of_rows: Math.max(ofRows, rows) }),
      ...(ofBytes && { of_bytes: Math.max(ofBytes, bytes) }),
      ...(isKnown && { eta_seconds: Math.round((elapsedMs / bytes / 1000) * left) }),
    };
  };
}
