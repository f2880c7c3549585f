import type { Bucket } from './bucket.ts';
import { patiently } from './patiently.ts';
import { mayBeStored, wasStored, type SentObject } from './was-stored.ts';

/** A request that S3 leaves without an answer, six times a minute, still ends within the time of a stalled job. */
const PATIENCE_MS = 3 * 60_000;

/**
 * Makes an object visible by `store`, and does it again while S3 fails and the bucket's patience lasts. An object that is
 * there after an answer that was lost counts as stored.
 * @throws the last error of `store`
 */
export async function storePatiently(bucket: Bucket, sent: SentObject, store: () => Promise<unknown>): Promise<void> {
  await patiently(bucket.commitPatienceMs ?? PATIENCE_MS, async () => {
    try {
      await store();
    } catch (error) {
      const stored = mayBeStored(error) ? await wasStored(bucket, sent) : 'no';
      if (stored === 'no') throw error;
      if (stored === 'unknown') throw new Error('S3 does not say whether the object is stored', { cause: error });
    }
  });
}
