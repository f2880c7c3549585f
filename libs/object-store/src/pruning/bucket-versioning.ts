import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import type { Bucket } from '../bucket.ts';
import { translateReadError } from '../reading/read-errors.ts';

/**
 * What a deletion leaves of an object. `off`: nothing. `enabled`: the object stays as a noncurrent version; a bucket with
 * Object Lock is always like that. `suspended`: only what was stored while versions were enabled stays. (S3 user guide,
 * "Deleting object versions from a versioning-enabled bucket", "... from versioning-suspended buckets")
 */
export type BucketVersioning = 'off' | 'enabled' | 'suspended';

/** @throws JobError AccessDenied, BucketNotFound, ServiceThrottled or ServiceUnreachable */
export async function bucketVersioning({ client, bucket }: Bucket, signal?: AbortSignal): Promise<BucketVersioning> {
  const command = new GetBucketVersioningCommand({ Bucket: bucket });
  const { Status } = await client.send(command, { ...(signal && { abortSignal: signal }) }).catch((error: unknown) => {
    const attempt = { doing: 'read the versioning of', bucket, key: '', signal };
    throw translateReadError(error, { ...attempt, action: 's3:GetBucketVersioning' });
  });
  // A bucket whose versioning was never set has no status.
  if (Status === undefined) return 'off';
  return Status === 'Enabled' ? 'enabled' : 'suspended';
}
