import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';
import { isTemporary, statusOf } from './s3-errors.ts';

/** What an object must be like to be the one we sent. */
export interface SentObject {
  key: string;
  bytes: number;
  metadata: Record<string, string>;
}

/**
 * Whether an object we sent is stored, asked when the answer to sending it was lost or says that the key is taken. It is
 * unknown while S3 does not answer.
 *
 * HeadObject proves it by our own metadata, and needs s3:GetObject. A role that may only write is refused there; then
 * the size in the bucket's listing decides (s3:ListBucket), which is enough because a backup's keys are its own: they
 * hold the random backup id, and S3 has checked length and checksums before it showed the object.
 */
export async function wasStored({ client, bucket }: Bucket, sent: SentObject): Promise<'yes' | 'no' | 'unknown'> {
  try {
    const found = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: sent.key }));
    const isOurs = Object.entries(sent.metadata).every(([name, value]) => found.Metadata?.[name] === value);
    return isOurs && found.ContentLength === sent.bytes ? 'yes' : 'no';
  } catch (error) {
    if (statusOf(error) === 404) return 'no';
  }
  try {
    const listing = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: sent.key, MaxKeys: 1 }));
    return listing.Contents?.some(({ Key, Size }) => Key === sent.key && Size === sent.bytes) ? 'yes' : 'no';
  } catch (error) {
    return isTemporary(error) ? 'unknown' : 'no';
  }
}

/** Whether a failed write may have been carried out all the same: no answer, a server's fault, or the key is taken. */
export function mayBeStored(error: unknown): boolean {
  return isTemporary(error) || statusOf(error) === 412 || (error as { name?: string }).name === 'NoSuchUpload';
}
