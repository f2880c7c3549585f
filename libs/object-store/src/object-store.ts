import { beginBackup, type BackupUpload } from './backup-upload.ts';
import type { DatabaseFolder } from './backup-location.ts';
import type { Bucket } from './bucket.ts';
import { findBackup, type FoundBackup } from './reading/find-backup.ts';
import { listBackups, type Catalogue } from './reading/list-backups.ts';

/** A bucket of backups. */
export interface ObjectStore {
  /** Name of the bucket. */
  readonly bucket: string;
  /** Begins a backup in a folder of the bucket: `prefix` is its key, without a slash at its end. */
  beginBackup(prefix: string): BackupUpload;
  /**
   * The backups of a database and environment, by one listing of their keys.
   * @throws JobError BucketNotFound, AccessDenied, ServiceThrottled or ServiceUnreachable
   */
  listBackups(folder: DatabaseFolder, signal?: AbortSignal): Promise<Catalogue>;
  /**
   * A backup of a database by its id, or the newest (`latest`), with its manifest.
   * @throws JobError BackupNotFound, BackupCorrupt, BackupUnreadable, and what `listBackups` throws
   */
  findBackup(folder: DatabaseFolder, backupId: string, signal?: AbortSignal): Promise<FoundBackup>;
}

/** An {@link ObjectStore} on a bucket. Build the client with {@link S3_CLIENT_DEFAULTS}. */
export function createObjectStore(bucket: Bucket): ObjectStore {
  return {
    bucket: bucket.bucket,
    beginBackup: (prefix) => beginBackup(bucket, prefix),
    listBackups: (folder, signal) => listBackups(bucket, folder, signal),
    findBackup: (folder, backupId, signal) => findBackup(bucket, folder, backupId, signal),
  };
}
