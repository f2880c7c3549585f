import { PutObjectCommand } from '@aws-sdk/client-s3';
import { drillRecordSchema, type DrillRecord } from '@serverless-ops/job-schemas';
import type { Bucket } from '../bucket.ts';
import { patiently } from '../patiently.ts';
import type { ListedBackup } from '../reading/list-backups.ts';
import { readObject } from '../reading/read-object.ts';
import { translateS3Error } from '../s3-errors.ts';

/** Key of how the last drill of a backup ended; it is no part of the backup. */
export function drillKey(prefix: string): string {
  return `${prefix}/drill.json`;
}

const PATIENCE_MS = 60_000;

/**
 * Stores how a drill ended beside the manifest. It replaces the record of the drill before.
 * @throws JobError BucketNotFound, AccessDenied or UploadFailed
 */
export async function storeDrillRecord(
  { client, bucket, commitPatienceMs = PATIENCE_MS }: Bucket,
  prefix: string,
  record: DrillRecord,
): Promise<void> {
  const key = drillKey(prefix);
  const command = new PutObjectCommand({
    ...{ Bucket: bucket, Key: key, ContentType: 'application/json' },
    Body: `${JSON.stringify(drillRecordSchema.parse(record), undefined, 2)}\n`,
  });
  try {
    await patiently(commitPatienceMs, () => client.send(command));
  } catch (error) {
    throw translateS3Error(error, { doing: 'store the record of the drill', bucket, key });
  }
}

/**
 * How the last drill of a backup ended, which was listed; undefined: it had none. A record of another version is unreadable.
 * @throws JobError AccessDenied, ServiceThrottled or ServiceUnreachable; the reason of the signal
 */
export async function readDrillRecord(
  bucket: Bucket,
  { drill }: Pick<ListedBackup, 'drill'>,
  signal?: AbortSignal,
): Promise<DrillRecord | 'unreadable' | undefined> {
  if (drill === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of readObject(bucket, drill, { ...(signal && { signal }) })) chunks.push(chunk);
  try {
    return drillRecordSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
  } catch {
    return 'unreadable';
  }
}
