import { JobError, type DrillRecord, type DrillResult } from '@serverless-ops/job-schemas';
import type { FoundBackup, ObjectStore } from '@serverless-ops/object-store';
import type { JobContext } from '../job-context.ts';

/** Errors that tell of the backup, and not of the server or the account of the drill. */
const OF_THE_BACKUP: readonly string[] = ['BackupCorrupt', 'RestoreFailed', 'RestoreDiffers'];

/**
 * Does the work of a drill, and stores beside the manifest how it ended: that the backup came back, or why not. Of a drill that
 * the server, the network or a person ended, nothing is stored: it tells nothing of the backup.
 */
export async function recordDrill<Outcome extends { readonly drill?: DrillResult }>(
  { store, backup, jobId }: { store: ObjectStore; backup: FoundBackup; jobId: string },
  { now, log }: Pick<JobContext, 'now' | 'log'>,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  const startedAt = now().toISOString();
  const record = (ended: Pick<DrillRecord, 'passed' | 'result' | 'error'>): Promise<void> =>
    store.storeDrillRecord(backup.prefix, {
      ...{ drill_version: 1, backup_id: backup.backupId, job_id: jobId },
      ...{ started_at: startedAt, finished_at: now().toISOString() },
      ...ended,
    });
  let outcome: Outcome;
  try {
    outcome = await work();
  } catch (error) {
    if (!(error instanceof JobError) || !OF_THE_BACKUP.includes(error.code)) throw error;
    await record({ passed: false, error: { code: error.code, cause: error.message } }).catch((problem: unknown) =>
      // The job fails for the reason that matters more.
      log.error({ err: problem }, 'how the drill ended could not be stored'),
    );
    throw error;
  }
  await record({ passed: true, ...(outcome.drill && { result: outcome.drill }) });
  return outcome;
}
