/** A job that runs and reads a backup. */
export interface BackupReader {
  readonly jobId: string;
  readonly startedAt: Date;
  /** As it was ordered: an id, or `latest`. */
  readonly backupId: string;
}

/** A backup with its manifest. */
export interface CompleteBackup {
  readonly backupId: string;
  /** When the manifest was stored. */
  readonly finishedAt: Date;
}

/**
 * Ids of the backups that the jobs read or may read, each with what reads it. Which one is the latest was decided at some
 * moment since the job began: it is the newest of that time, or one that came after.
 */
export function backupsInUse(
  readers: readonly BackupReader[],
  backups: readonly CompleteBackup[],
): Map<string, string> {
  const oldestFirst = backups.toSorted((a, b) => (a.backupId < b.backupId ? -1 : 1));
  return new Map(
    readers.flatMap(({ jobId, startedAt, backupId }) => {
      if (backupId !== 'latest') return [[backupId, jobId] as const];
      const atStart = oldestFirst.findLast(({ finishedAt }) => finishedAt <= startedAt);
      const since = oldestFirst.filter(({ finishedAt }) => finishedAt > startedAt);
      return [...(atStart ? [atStart] : []), ...since].map((backup) => [backup.backupId, jobId] as const);
    }),
  );
}
