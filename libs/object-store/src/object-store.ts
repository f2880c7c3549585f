import { beginBackup, type BackupUpload } from './backup-upload.ts';
import type { Bucket } from './bucket.ts';

/** A bucket of backups. */
export interface ObjectStore {
  /** Name of the bucket. */
  readonly bucket: string;
  /** Begins a backup in a folder of the bucket: `prefix` is its key, without a slash at its end. */
  beginBackup(prefix: string): BackupUpload;
}

/** An {@link ObjectStore} on a bucket. Build the client with {@link S3_CLIENT_DEFAULTS}. */
export function createObjectStore(bucket: Bucket): ObjectStore {
  return {
    bucket: bucket.bucket,
    beginBackup: (prefix) => beginBackup(bucket, prefix),
  };
}
