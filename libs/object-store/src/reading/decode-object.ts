import { createHash } from 'node:crypto';
import { JobError, type BackupManifest } from '@serverless-ops/job-schemas';
import { ByteQueue } from './byte-queue.ts';
import { CorruptObjectError } from './corrupt-object-error.ts';
import { decodeZstd } from './decode-zstd.ts';

/** An object that was decoded to its end. */
export interface DecodedObject {
  /** Before compression. */
  readonly bytes: number;
}

export interface DecodeOptions {
  readonly key: string;
  readonly manifest: BackupManifest;
  /** Of the object, for errors. */
  readonly uri: string;
}

/**
 * Decodes an object to its end, cut where the manifest says that a part begins or ends. When the object cannot be decoded,
 * its source is still read to its end: bytes that changed since the backup are what it reports first.
 * @throws JobError BackupCorrupt; what the source throws
 */
export async function decodeObject(
  source: AsyncIterable<Uint8Array>,
  { key, manifest, uri }: DecodeOptions,
): Promise<DecodedObject> {
  const queue = new ByteQueue(source);
  const corrupt = (why: string, cause?: unknown): CorruptObjectError =>
    new CorruptObjectError(uri, why, 'Its SHA-256 is that of the manifest, so the worker wrote it in this way.', {
      cause,
    });
  try {
    return await decodeParts(queue, { key, manifest, corrupt });
  } catch (error) {
    await queue.drain();
    throw error instanceof JobError || queue.hasFailed
      ? error
      : corrupt(`cannot be decoded: ${(error as Error).message}`, error);
  }
}

async function decodeParts(
  queue: ByteQueue,
  {
    key,
    manifest,
    corrupt,
  }: Pick<DecodeOptions, 'key' | 'manifest'> & { corrupt: (why: string) => CorruptObjectError },
): Promise<DecodedObject> {
  const object = manifest.objects.find((each) => each.key === key);
  const parts = manifest.tables.flatMap((table) =>
    (table.parts ?? []).filter((part) => part.object === key).map((part) => ({ table: table.name, ...part })),
  );
  const cuts = [...new Set(parts.flatMap(({ offset, stored_bytes }) => [offset, offset + stored_bytes]))].sort(
    (a, b) => a - b,
  );
  /** Decoded bytes before each place of the stored bytes. */
  const decodedBefore = new Map<number, number>([[0, 0]]);
  const hash = createHash('sha256');
  let bytes = 0;
  let offset = 0;
  for (const end of [...cuts.filter((cut) => cut > 0), Infinity]) {
    if (!(await queue.isAtEnd())) {
      for await (const piece of decodeZstd(queue.take(end - offset))) {
        bytes += piece.length;
        hash.update(piece);
      }
    }
    offset = end;
    decodedBefore.set(end, bytes);
  }
  if (object && bytes !== object.bytes) throw corrupt(`has ${bytes} bytes of SQL, the manifest says ${object.bytes}`);
  if (object?.sha256 !== undefined && object.sha256 !== hash.digest('hex')) {
    throw corrupt('does not have the SHA-256 of its SQL');
  }
  for (const part of parts) {
    const decoded = (decodedBefore.get(part.offset + part.stored_bytes) ?? 0) - (decodedBefore.get(part.offset) ?? 0);
    if (decoded === part.bytes) continue;
    throw corrupt(
      `has ${decoded} bytes of SQL in the part of the table ${part.table} at ${part.offset}, the manifest says ${part.bytes}`,
    );
  }
  return { bytes };
}
