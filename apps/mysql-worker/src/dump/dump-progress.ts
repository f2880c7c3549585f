import type { JobProgress } from '@serverless-ops/job-schemas';

/**
 * A function from what was dumped so far to a progress report. The whole is the server's own estimate of the data's
 * size, which a dump's text does not match exactly, so the time left is an estimate too and absent near the end.
 */
export function dumpProgress(
  dataBytes: number | undefined,
  nowMs: () => number,
): (bytes: number, rows: number) => Omit<JobProgress, 'updated_at'> {
  const startedMs = nowMs();
  return (bytes, rows) => {
    const progress = { phase: 'dumping' as const, bytes, rows };
    if (!dataBytes) return progress;
    const elapsedSeconds = (nowMs() - startedMs) / 1000;
    const secondsLeft = Math.round((elapsedSeconds * (dataBytes - bytes)) / bytes);
    return { ...progress, of_bytes: dataBytes, ...(secondsLeft > 0 && { eta_seconds: secondsLeft }) };
  };
}
