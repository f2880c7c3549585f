import type { Bucket } from './bucket.ts';
import type { S3Answer } from './s3-answer.ts';
import type { S3Call } from './s3-call.ts';
import { S3Error } from './s3-error.ts';
import type { StoredObject } from './stored-object.ts';

/** What an action works with: the call, its body, and what the server holds. */
export interface S3Exchange {
  call: S3Call;
  body: AsyncIterable<Buffer>;
  buckets: Map<string, Bucket>;
  /** Folder of the files with the bytes of objects and parts. */
  folder: string;
  region: string;
  now: () => Date;
}

export type S3Action = (exchange: S3Exchange) => S3Answer | Promise<S3Answer>;

/** The bucket of a call. Throws `NoSuchBucket`. */
export function requireBucket({ buckets, call }: Pick<S3Exchange, 'buckets' | 'call'>): Bucket {
  const bucket = buckets.get(call.bucket);
  if (!bucket) throw new S3Error('NoSuchBucket');
  return bucket;
}

/** The object of a call. Throws `NoSuchBucket` or `NoSuchKey`. */
export function requireObject(exchange: Pick<S3Exchange, 'buckets' | 'call'>): StoredObject {
  const object = requireBucket(exchange).objects.get(exchange.call.key);
  if (!object) throw new S3Error('NoSuchKey');
  return object;
}

/** The longest key, in bytes of UTF-8. */
const MAX_KEY_BYTES = 1024;

/** Throws `KeyTooLongError` for a key that no object can have. */
export function checkKey(key: string): void {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new S3Error('KeyTooLongError');
}
