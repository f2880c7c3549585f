import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';

/** What an object must be like to be the one we sent. */
export interface SentObject {
  key: string;
  bytes: number;
  metadata: Record<string, string>;
}

/**
 * Whether an object we sent is stored, asked when the answer to sending it was lost or says that the key is taken.
 *
 * HeadObject proves it by our own metadata, and needs s3:GetObject. A role that may only write is refused there; then
 * the size in the bucket's listing decides (s3:ListBucket), which is enough because a backup's keys are its own: they
 * hold the random backup id, and S3 has checked length and checksums before it showed the object.
 */
export async function wasStored({ client, bucket }: Bucket, sent: SentObject): Promise<boolean> {
  const found = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: sent.key })).catch(() => undefined);
  if (found) {
    const isOurs = Object.entries(sent.metadata).every(([name, value]) => found.Metadata?.[name] === value);
    return isOurs && found.ContentLength === sent.bytes;
  }
  const listing = await client
    .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: sent.key, MaxKeys: 1 }))
    .catch(() => undefined);
  return listing?.Contents?.some(({ Key, Size }) => Key === sent.key && Size === sent.bytes) ?? false;
}

/** Whether a failed write may have been carried out all the same: no answer, a server's fault, or the key is taken. */
export function mayBeStored(error: unknown): boolean {
  const { $metadata, name } = error as { $metadata?: { httpStatusCode?: number }; name?: string };
  const status = $metadata?.httpStatusCode;
  return status === undefined || status >= 500 || status === 412 || name === 'NoSuchUpload';
}
