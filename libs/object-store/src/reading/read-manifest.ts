import { createHash } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import {
  backupManifestSchema,
  describeProblems,
  JobError,
  MANIFEST_VERSION,
  type BackupManifest,
} from '@serverless-ops/job-schemas';
import type { Bucket } from '../bucket.ts';
import { manifestKey, type ListedBackup } from './list-backups.ts';
import { translateReadError } from './read-errors.ts';
import { readObject } from './read-object.ts';

/** Problems of a malformed manifest that its error names. */
const MAX_NAMED_PROBLEMS = 10;

/**
 * The manifest of a backup that has one.
 * @throws JobError BackupCorrupt when it is not as it was written, or belongs to another backup; BackupUnreadable when
 * its version is another than this code reads
 */
export async function readManifest(
  bucket: Bucket,
  backup: ListedBackup,
  signal?: AbortSignal,
): Promise<BackupManifest> {
  const key = manifestKey(backup.prefix);
  const object = backup.objects.find((listed) => listed.key === key);
  if (!object) throw new Error(`The backup ${backup.backupId} has no manifest.`);
  const corrupt = (why: string, cause?: unknown): JobError =>
    new JobError(
      'BackupCorrupt',
      `The manifest s3://${bucket.bucket}/${key} ${why}. The job used nothing of the backup. Choose another backup_id.`,
      { cause },
    );

  const chunks: Uint8Array[] = [];
  for await (const chunk of readObject(bucket, object, { ...(signal && { signal }) })) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const head = await bucket.client
    .send(new HeadObjectCommand({ Bucket: bucket.bucket, Key: key, IfMatch: object.etag }), {
      ...(signal && { abortSignal: signal }),
    })
    .catch((error: unknown) => {
      throw translateReadError(error, { doing: 'read', bucket: bucket.bucket, key, signal });
    });
  // The worker stores it beside the manifest. A copy of the backup that somebody made by way of a disk lost it.
  const stored = head.Metadata?.['sha256'];
  if (stored !== undefined && stored !== createHash('sha256').update(body).digest('hex')) {
    throw corrupt('does not have the SHA-256 that was stored with it');
  }
  let json: unknown;
  try {
    json = JSON.parse(body.toString());
  } catch (error) {
    throw corrupt(`is not JSON (${(error as Error).message})`, error);
  }
  assertReadable(json, `s3://${bucket.bucket}/${key}`);
  const parsed = backupManifestSchema.safeParse(json);
  if (!parsed.success) {
    const problems = describeProblems(parsed.error, 'manifest');
    const more = problems.length > MAX_NAMED_PROBLEMS ? [`and ${problems.length - MAX_NAMED_PROBLEMS} more`] : [];
    throw corrupt(`is malformed: ${[...problems.slice(0, MAX_NAMED_PROBLEMS), ...more].join('; ')}`, parsed.error);
  }
  if (parsed.data.backup_id !== backup.backupId) throw corrupt(`belongs to the backup ${parsed.data.backup_id}`);
  return parsed.data;
}

/** Throws for a manifest of another version before its fields are looked at: they may mean something else. */
function assertReadable(manifest: unknown, uri: string): void {
  const version = (manifest as { manifest_version?: unknown } | null)?.manifest_version;
  if (typeof version !== 'number' || version === MANIFEST_VERSION) return;
  const advice =
    version > MANIFEST_VERSION
      ? 'A newer Serverless Ops made the backup: deploy that version of the worker, then order the job again.'
      : 'An older Serverless Ops made the backup: restore it by the commands under `restore` in its manifest.';
  throw new JobError(
    'BackupUnreadable',
    `The manifest ${uri} has version ${version}. This worker reads version ${MANIFEST_VERSION}. ${advice}`,
  );
}
