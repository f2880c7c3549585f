import type { BackupManifest, DrillRecord } from '@serverless-ops/job-schemas';
import { beginBackup, type BackupUpload } from './backup-upload.ts';
import type { DatabaseFolder } from './backup-location.ts';
import type { Bucket } from './bucket.ts';
import { readDrillRecord, storeDrillRecord } from './drills/drill-record.ts';
import { findBackup, type FoundBackup } from './reading/find-backup.ts';
import { bucketVersioning, type BucketVersioning } from './pruning/bucket-versioning.ts';
import { deleteBackup } from './pruning/delete-backup.ts';
import { listBackups, type Catalogue, type ListedBackup } from './reading/list-backups.ts';
import { readManifest } from './reading/read-manifest.ts';

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
  /**
   * The manifest of a backup that was listed with one.
   * @throws JobError BackupCorrupt, BackupUnreadable, and what `listBackups` throws
   */
  readManifest(backup: ListedBackup, signal?: AbortSignal): Promise<BackupManifest>;
  /**
   * How the last drill of a listed backup ended; undefined: it had none. A record of another version is unreadable.
   * @throws JobError what `listBackups` throws
   */
  readDrillRecord(backup: ListedBackup, signal?: AbortSignal): Promise<DrillRecord | 'unreadable' | undefined>;
  /**
   * Stores how a drill ended beside the manifest of a backup: `prefix` is the key of its folder.
   * @throws JobError BucketNotFound, AccessDenied or UploadFailed
   */
  storeDrillRecord(prefix: string, record: DrillRecord): Promise<void>;
  /**
   * Deletes what was listed in the folder of a backup, the manifest first. What is gone already does no harm.
   * @throws JobError what `listBackups` throws
   */
  deleteBackup(backup: ListedBackup, signal?: AbortSignal): Promise<void>;
  /**
   * What a deletion leaves in the bucket.
   * @throws JobError what `listBackups` throws
   */
  versioning(signal?: AbortSignal): Promise<BucketVersioning>;
}

/** An {@link ObjectStore} on a bucket. Build the client with {@link S3_CLIENT_DEFAULTS}. */
export function createObjectStore(bucket: Bucket): ObjectStore {
  return {
    bucket: bucket.bucket,
    beginBackup: (prefix) => beginBackup(bucket, prefix),
    listBackups: (folder, signal) => listBackups(bucket, folder, signal),
    readManifest: (backup, signal) => readManifest(bucket, backup, signal),
    readDrillRecord: (backup, signal) => readDrillRecord(bucket, backup, signal),
    storeDrillRecord: (prefix, record) => storeDrillRecord(bucket, prefix, record),
    deleteBackup: (backup, signal) => deleteBackup(bucket, backup, signal),
    versioning: (signal) => bucketVersioning(bucket, signal),
    findBackup: (folder, backupId, signal) => findBackup(bucket, folder, backupId, signal),
  };
}
