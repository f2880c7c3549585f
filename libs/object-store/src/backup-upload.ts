import type { BackupManifest } from '@serverless-ops/job-schemas';
import type { Bucket } from './bucket.ts';
import { commitManifest } from './commit-manifest.ts';
import { prepareUpload, type PreparedUpload, type StoredObject } from './prepare-upload.ts';

const COMPLETED_AT_ONCE = 8;

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
  /**
   * Makes the objects visible, and then the manifest, which is what makes them a backup. Once begun it goes on to its end:
   * nobody could take back an object that is visible.
   */
  commit(manifest: BackupManifest): Promise<void>;
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
    async commit(manifest) {
      // The first alone: S3 that refuses it leaves none visible. The others at once: a kill between them finds few.
      const [first, ...others] = prepared;
      await first?.complete();
      await inParallel(others, (upload) => upload.complete());
      await commitManifest(bucket, { prefix, manifest });
    },
    async discard() {
      await Promise.all(prepared.map((upload) => upload.abort()));
    },
  };
}

/** Takes no further item after a failure, and throws the first one once nothing is under way. */
async function inParallel<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values();
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (const item of rest) {
      await act(item).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: COMPLETED_AT_ONCE }, lane));
  if (failures.length > 0) throw failures[0];
}
