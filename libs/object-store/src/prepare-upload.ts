import { createHash } from 'node:crypto';
import type { CompletedPart } from '@aws-sdk/client-s3';
import { JobError } from '@serverless-ops/job-schemas';
import type { Bucket } from './bucket.ts';
import { beginMultipartUpload, type MultipartUpload } from './multipart-upload.ts';
import { PartBuffers } from './part-buffers.ts';
import { maxPartsInFlight, partSizeBytes } from './part-size.ts';
import { partsOf, type Part } from './parts.ts';
import { untilAborted } from './until-aborted.ts';

export interface UploadOptions {
  key: string;
  /** Read only after S3 has accepted the upload. Its end without an error is what makes the object visible. */
  source: AsyncIterable<Uint8Array>;
  contentType: string;
  /**
   * Gives the upload up: its reason is what is then thrown. A source that hangs is not waited for, so stop
   * what feeds it by the same signal.
   * @default the upload ends with its source
   */
  signal?: AbortSignal;
}

/** An object as S3 has it: its length, and the SHA-256 (hex) of what was sent. */
export interface StoredObject {
  key: string;
  storedBytes: number;
  storedSha256: string;
}

/** An object whose bytes S3 has, all of them, and shows to no reader until it is completed. */
export interface PreparedUpload {
  readonly object: StoredObject;
  /** Makes the object visible. It cannot be stopped: S3 may have done it by then. A failure aborts the upload. */
  complete(): Promise<void>;
  /** Has S3 forget the upload. Harmless when it is completed or aborted already. */
  abort(): Promise<void>;
}

/**
 * Sends a stream of unknown length as one object, up to 5 TiB, in memory that does not grow with it. The object becomes
 * visible when the returned upload is completed, and nothing that exists is overwritten. If the source throws, the signal
 * aborts or S3 fails, reading stops, the upload is aborted on S3, and only then is the error thrown.
 * @throws JobError BucketNotFound, AccessDenied or UploadFailed
 */
export async function prepareUpload(
  bucket: Bucket,
  { key, source, contentType, signal }: UploadOptions,
): Promise<PreparedUpload> {
  signal?.throwIfAborted();
  const upload = await beginMultipartUpload(bucket, { key, contentType });
  const sent = await orAbort(upload, signal, (stop) => sendParts(upload, source, stop));
  return {
    object: { key, storedBytes: sent.bytes, storedSha256: sent.sha256 },
    complete: () => orAbort(upload, undefined, () => upload.complete(sent.parts, sent.bytes)),
    abort: () => upload.abort(),
  };
}

/** Takes a step of an upload. When it fails, or when the signal aborts, the upload is aborted before the error is thrown. */
async function orAbort<Result>(
  upload: MultipartUpload,
  signal: AbortSignal | undefined,
  step: (stop: AbortController) => Promise<Result>,
): Promise<Result> {
  // Everything that can end the upload early aborts this one controller; its reason, the first, is what is thrown.
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    return await step(stop);
  } catch (error) {
    stop.abort(error);
    await upload.abort().catch((abortError: unknown) => {
      throw withLeftover(stop.signal.reason, abortError as JobError);
    });
    throw stop.signal.reason;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

async function sendParts(
  upload: MultipartUpload,
  source: AsyncIterable<Uint8Array>,
  stop: AbortController,
): Promise<{ parts: CompletedPart[]; bytes: number; sha256: string }> {
  const buffers = new PartBuffers();
  const hash = createHash('sha256');
  const parts: CompletedPart[] = [];
  const sending = new Set<Promise<void>>();
  let bytes = 0;

  const send = async (part: Part): Promise<void> => {
    parts.push(await upload.sendPart(part, stop.signal));
    bytes += part.body.length;
    buffers.giveBack(part.buffer);
  };
  try {
    for await (const part of partsOf(untilAborted(source, stop.signal), { buffers, hash, partSizeBytes })) {
      while (sending.size >= maxPartsInFlight(part.buffer.length)) await Promise.race(sending);
      const sent: Promise<void> = send(part)
        .catch((error: unknown) => stop.abort(error))
        .finally(() => sending.delete(sent));
      sending.add(sent);
    }
  } catch (error) {
    stop.abort(error);
  }
  // Also after a failure: S3 keeps the part that arrives after its upload was aborted.
  await Promise.all(sending);
  stop.signal.throwIfAborted();
  return { parts, bytes, sha256: hash.digest('hex') };
}

function withLeftover(reason: unknown, abortError: JobError): JobError {
  const failure = JobError.from(reason);
  return new JobError(
    failure.code,
    `${failure.message} What had been sent is still in the bucket, hidden, until its lifecycle rule for incomplete ` +
      `uploads removes it: ${abortError.message}`,
    { cause: reason },
  );
}
