import type { BackupManifest } from '@serverless-ops/job-schemas';
import type { Bucket } from './bucket.ts';
import { commitManifest } from './commit-manifest.ts';
import { uploadStream, type StoredObject, type UploadStreamOptions } from './upload-stream.ts';

/** A bucket of backups. All its methods throw `JobError`: BucketNotFound, AccessDenied or UploadFailed. */
export interface ObjectStore {
  /** Name of the bucket. */
  readonly bucket: string;
  /**
   * Stores a stream of unknown length as one object, up to 5 TiB, in memory that does not grow with it. The object
   * becomes visible only when the source has ended well. If the source throws, the signal aborts or S3 fails, reading
   * stops, the upload is aborted on S3, and only then is the error thrown. Nothing that exists is overwritten.
   */
  uploadStream(options: UploadStreamOptions): Promise<StoredObject>;
  /**
   * Stores `<prefix>/manifest.json`, which makes a backup of the objects under that prefix: call it last. Committing
   * the same manifest twice is the same as once; a different one is refused.
   */
  commitManifest(commit: { prefix: string; manifest: BackupManifest }): Promise<void>;
}

/** An {@link ObjectStore} on a bucket. Build the client with {@link S3_CLIENT_DEFAULTS}. */
export function createObjectStore(bucket: Bucket): ObjectStore {
  return {
    bucket: bucket.bucket,
    uploadStream: (options) => uploadStream(bucket, options),
    commitManifest: (commit) => commitManifest(bucket, commit),
  };
}
