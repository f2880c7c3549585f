import type { PruneFolder } from '@serverless-ops/backup-retention';
import { JobError, type BackupManifest } from '@serverless-ops/job-schemas';
import type { ListedBackup, ObjectStore } from '@serverless-ops/object-store';

/** S3 answers within some hundredths of a second, and a database can have hundreds of backups. */
const MANIFESTS_AT_ONCE = 8;

/** Reads the manifests of all backups that have one. Nothing else of them is read. @throws JobError */
export async function readFolders(
  store: ObjectStore,
  backups: readonly ListedBackup[],
  { signal, moved }: { signal: AbortSignal; moved: () => void },
): Promise<PruneFolder[]> {
  const folders: PruneFolder[] = [];
  const rest = backups.values();
  const lane = async (): Promise<void> => {
    for (const backup of rest) {
      folders.push(await readFolder(store, backup, signal));
      moved();
    }
  };
  await Promise.all(Array.from({ length: MANIFESTS_AT_ONCE }, lane));
  return folders;
}

async function readFolder(store: ObjectStore, backup: ListedBackup, signal: AbortSignal): Promise<PruneFolder> {
  const { backupId, startedAt, finishedAt, objects } = backup;
  const storedAt = finishedAt ?? new Date(Math.max(...objects.map(({ modifiedAt }) => modifiedAt.getTime())));
  const manifest = finishedAt && (await store.readManifest(backup, signal).then(judge, unlessUnreadable));
  return { backupId, startedAt, storedAt, manifest };
}

/** Backups of the same tables that both lack something, or both nothing, can stand for each other. */
function judge({ incomplete, selection }: BackupManifest): { lane: string } {
  const tables = selection ? [selection.include_tables.toSorted(), selection.exclude_tables.toSorted()] : 'all';
  return { lane: JSON.stringify([incomplete.length === 0 ? 'whole' : 'incomplete', tables]) };
}

function unlessUnreadable(error: unknown): 'unreadable' {
  if (error instanceof JobError && (error.code === 'BackupCorrupt' || error.code === 'BackupUnreadable')) {
    return 'unreadable';
  }
  throw error;
}
