import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { JobError } from '@serverless-ops/job-schemas';
import type { Bucket } from '../bucket.ts';
import { isTemporary } from '../s3-errors.ts';
import type { ListedObject } from './listed-object.ts';
import { translateReadError } from './read-errors.ts';

/** Bytes of an object. */
export interface ByteRange {
  /** Bytes of the object before the range. */
  readonly offset: number;
  readonly bytes: number;
}

export interface ReadOptions {
  /** @default the whole object */
  readonly range?: ByteRange;
  /** Its reason is thrown. @default the read ends with its range */
  readonly signal?: AbortSignal;
}

/** A silent connection counts as broken after a minute, so this leaves room for another. */
const PATIENCE_MS = 3 * 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Reads the object that was listed, and no other under its key (`If-Match`). A broken stream goes on where it broke, for
 * as long as a byte comes within three minutes. No more than what the network has sent is held in memory.
 * @throws JobError BackupCorrupt when the object is gone or another one; AccessDenied, BackupUnreadable,
 * ServiceThrottled, ServiceUnreachable; the reason of the signal
 */
export async function* readObject(
  bucket: Bucket,
  object: ListedObject,
  { range = { offset: 0, bytes: object.bytes }, signal }: ReadOptions = {},
): AsyncGenerator<Uint8Array> {
  assertInside(bucket, object, range);
  const end = range.offset + range.bytes;
  let offset = range.offset;
  let lastByteMs = performance.now();
  let pauseMs = FIRST_PAUSE_MS;
  while (offset < end) {
    try {
      for await (const chunk of bytesOf(bucket, object, { first: offset, last: end - 1 }, signal)) {
        offset += chunk.length;
        yield chunk;
        lastByteMs = performance.now();
        pauseMs = FIRST_PAUSE_MS;
      }
      if (offset < end) throw new Error(`the answer ended ${end - offset} bytes too early`);
    } catch (error) {
      const isLate = performance.now() + pauseMs - lastByteMs > (bucket.readPatienceMs ?? PATIENCE_MS);
      if (signal?.aborted || isLate || !isTemporary(error)) {
        throw translateReadError(error, { doing: 'read', bucket: bucket.bucket, key: object.key, signal });
      }
      await sleep(pauseMs, undefined, { ...(signal && { signal }) }).catch(() => undefined);
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
  }
}

/** One request. The connection is given up when the reader stops in the middle. */
async function* bytesOf(
  { client, bucket }: Bucket,
  { key, etag }: ListedObject,
  { first, last }: { first: number; last: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const command = new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=${first}-${last}`, IfMatch: etag });
  const { Body } = await client.send(command, { ...(signal && { abortSignal: signal }) });
  // In Node the body is a Readable: it is destroyed when the loop over it ends early.
  const body = Body as AsyncIterable<Uint8Array> & { destroy(error?: Error): void };
  // A signal of the request ends with its headers.
  const onAbort = (): void => body.destroy(signal?.reason as Error);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    yield* body;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

function assertInside({ bucket }: Bucket, { key, bytes }: ListedObject, range: ByteRange): void {
  if (range.offset >= 0 && range.offset + range.bytes <= bytes) return;
  throw new JobError(
    'BackupCorrupt',
    `The manifest names bytes ${range.offset} to ${range.offset + range.bytes} of s3://${bucket}/${key}, which has ` +
      `${bytes} bytes. The manifest and the object do not belong together. Choose another backup_id.`,
  );
}
