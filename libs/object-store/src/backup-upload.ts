import type { BackupManifest } from '@serverless-ops/job-schemas';
import type { Bucket } from './bucket.ts';
import { commitManifest } from './commit-manifest.ts';
import { prepareUpload, type PreparedUpload, type StoredObject } from './prepare-upload.ts';

/** An object of a backup. */
export interface BackupObject {
  /** Key within the backup's folder. */
  readonly key: string;
  /** See `UploadOptions.source`. */
  readonly source: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
}

/**
 * A backup on its way into the bucket. Its objects are sent while they are made, and none is visible before `commit`, so
 * a backup that fails leaves nothing, although its role may not delete. All methods throw `JobError`.
 */
export interface BackupUpload {
  /** Sends an object, of any length, to its end. `key` of the answer is the key within the folder. */
  send(object: BackupObject): Promise<StoredObject>;
  /** Makes the objects visible, and then the manifest, which is what makes them a backup. */
  commit(manifest: BackupManifest, signal: AbortSignal): Promise<void>;
  /** Has S3 forget what was sent and not committed. */
  discard(): Promise<void>;
}

/** See {@link ObjectStore.beginBackup}. */
export function beginBackup(bucket: Bucket, prefix: string): BackupUpload {
  const prepared: PreparedUpload[] = [];
  return {
    async send({ key, source, signal }) {
      const upload = await prepareUpload(bucket, {
        key: `${prefix}/${key}`,
        source,
        contentType: 'application/zstd',
        signal,
      });
      prepared.push(upload);
      return { ...upload.object, key };
    },
    async commit(manifest, signal) {
      // One after the other: S3 that refuses one leaves the fewest visible.
      for (const upload of prepared) await upload.complete(signal);
      signal.throwIfAborted();
      await commitManifest(bucket, { prefix, manifest });
    },
    async discard() {
      await Promise.all(prepared.map((upload) => upload.abort()));
    },
  };
}
