import { DeleteObjectCommand, DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { JobError } from '@serverless-ops/job-schemas';
import type { Bucket } from '../bucket.ts';
import { manifestKey, type ListedBackup } from '../reading/list-backups.ts';
import { translateReadError } from '../reading/read-errors.ts';

/** The most keys of one DeleteObjects (S3 API reference, DeleteObjects). */
const MAX_KEYS = 1000;

/** Codes of single keys that pass. Every other one is a refusal. */
const TEMPORARY = ['InternalError', 'SlowDown', 'ServiceUnavailable'];

/** The age is that after which a prune takes a folder without a manifest for what is left (docs/prune.md). */
const MANIFEST_IS_GONE =
  'The manifest is deleted, so this is no backup any more. A prune deletes the rest when it is 7 days old.';

/**
 * Deletes what was listed in the folder of a backup: the manifest first, so that no half of a backup is ever taken for
 * one, then the rest. What is gone already does no harm, so a deletion that was cut off can be done again.
 * @throws JobError AccessDenied, BucketNotFound, ServiceThrottled or ServiceUnreachable
 */
export async function deleteBackup(
  { client, bucket }: Bucket,
  { prefix, objects }: ListedBackup,
  signal?: AbortSignal,
): Promise<void> {
  const abort = { ...(signal && { abortSignal: signal }) };
  const first = manifestKey(prefix);
  const attempt = { doing: 'delete', bucket, signal, action: 's3:DeleteObject' };
  if (objects.some(({ key }) => key === first)) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: first }), abort).catch((error: unknown) => {
      throw translateReadError(error, { ...attempt, key: first });
    });
  }
  const rest = objects.map(({ key }) => key).filter((key) => key !== first);
  for (let start = 0; start < rest.length; start += MAX_KEYS) {
    const Objects = rest.slice(start, start + MAX_KEYS).map((Key) => ({ Key }));
    const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
    const { Errors: errors = [] } = await client.send(command, abort).catch((error: unknown) => {
      throw halfDeleted(translateReadError(error, { ...attempt, key: `${prefix}/` }));
    });
    const [error] = errors;
    if (error)
      throw refused(`s3://${bucket}/${error.Key ?? ''}`, `${error.Code}: ${error.Message}`, errors.length, error.Code);
  }
}

function refused(uri: string, said: string, count: number, code: string | undefined): JobError {
  const more = count > 1 ? ` and ${count - 1} more objects` : '';
  const isTemporary = code !== undefined && TEMPORARY.includes(code);
  return new JobError(
    isTemporary ? 'ServiceThrottled' : 'AccessDenied',
    `Cannot delete ${uri}${more} (${said}). ${MANIFEST_IS_GONE}` +
      (isTemporary ? '' : " Allow the task's role s3:DeleteObject on it: look at the policy of the bucket."),
  );
}

function halfDeleted(error: Error): Error {
  if (!(error instanceof JobError)) return error;
  return new JobError(error.code, `${error.message} ${MANIFEST_IS_GONE}`, { cause: error.cause });
}
