import { createHash } from 'node:crypto';
import type { BackupManifest } from '@serverless-ops/job-schemas';
import type { Bucket } from '../bucket.ts';
import { CorruptObjectError } from './corrupt-object-error.ts';
import type { ListedBackup } from './list-backups.ts';
import type { ListedObject } from './listed-object.ts';
import { readObject } from './read-object.ts';

interface VerifyOptions {
  readonly signal?: AbortSignal;
  readonly onBytes?: (bytes: number) => void;
}

/** The bytes of an object. Throws after the last one when size or SHA-256 are not those of the manifest. */
export async function* readVerified(
  bucket: Bucket,
  listed: ListedBackup,
  manifest: BackupManifest,
  key: string,
  { signal, onBytes }: VerifyOptions,
): AsyncGenerator<Uint8Array> {
  const named = manifest.objects.find((object) => object.key === key);
  if (!named) throw corrupt(bucket, listed, key, 'is not in the manifest');
  const object = requireListed(bucket, listed, key);
  if (object.bytes !== named.stored_bytes) {
    throw corrupt(bucket, listed, key, `has ${object.bytes} bytes, the manifest says ${named.stored_bytes}`);
  }
  const hash = createHash('sha256');
  for await (const chunk of readObject(bucket, object, { ...(signal && { signal }) })) {
    hash.update(chunk);
    onBytes?.(chunk.length);
    yield chunk;
  }
  if (hash.digest('hex') !== named.stored_sha256) {
    throw corrupt(bucket, listed, key, 'does not have the SHA-256 of the manifest');
  }
}

/** The object of a backup as it was listed. @throws JobError BackupCorrupt when it was not there */
export function requireListed(bucket: Bucket, listed: ListedBackup, key: string): ListedObject {
  const object = listed.objects.find((each) => each.key === `${listed.prefix}/${key}`);
  if (!object) throw corrupt(bucket, listed, key, 'is missing');
  return object;
}

function corrupt({ bucket }: Bucket, { prefix }: ListedBackup, key: string, why: string): CorruptObjectError {
  return new CorruptObjectError(`s3://${bucket}/${prefix}/${key}`, why, 'The backup cannot be used as a whole.');
}
