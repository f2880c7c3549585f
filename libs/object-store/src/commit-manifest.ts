import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { backupManifestSchema, describeProblems, JobError, type BackupManifest } from '@serverless-ops/job-schemas';
import type { Bucket } from './bucket.ts';
import { translateS3Error } from './s3-errors.ts';
import { storePatiently } from './store-patiently.ts';

/**
 * Stores `<prefix>/manifest.json`, which makes a backup of the objects under that prefix. Committing the same manifest
 * twice is the same as once; a different one is refused.
 * @throws JobError BucketNotFound, AccessDenied or UploadFailed
 */
export async function commitManifest(
  bucket: Bucket,
  { prefix, manifest }: { prefix: string; manifest: BackupManifest },
): Promise<void> {
  const key = `${prefix}/manifest.json`;
  const body = Buffer.from(manifestText(manifest));
  const metadata = { sha256: createHash('sha256').update(body).digest('hex') };
  const command = new PutObjectCommand({
    Bucket: bucket.bucket,
    Key: key,
    Body: body,
    ContentType: 'application/json',
    Metadata: metadata,
    IfNoneMatch: '*',
  });
  try {
    await storePatiently(bucket, { key, bytes: body.length, metadata }, () => bucket.client.send(command));
  } catch (error) {
    throw translateS3Error(error, { doing: 'commit the backup by its manifest', bucket: bucket.bucket, key });
  }
}

/** The same manifest is the same bytes: the schema decides the order of keys, so a repeated commit is recognised. */
function manifestText(manifest: BackupManifest): string {
  const checked = backupManifestSchema.safeParse(manifest);
  if (!checked.success) {
    throw new JobError(
      'InternalError',
      `The manifest of this backup is malformed: ${describeProblems(checked.error, 'manifest').join('; ')}. ` +
        'Report it with the log of this job.',
      { cause: checked.error },
    );
  }
  return `${JSON.stringify(checked.data, undefined, 2)}\n`;
}
