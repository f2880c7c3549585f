import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Bucket } from '../bucket.ts';
import { translateReadError } from './read-errors.ts';

/** An object as a listing of its bucket shows it. */
export interface ListedObject {
  /** The whole key. */
  readonly key: string;
  readonly bytes: number;
  /** Changes when another object takes the key. */
  readonly etag: string;
  readonly modifiedAt: Date;
}

/**
 * All objects whose keys begin with the prefix, in the order of their keys: one request for each thousand.
 * @throws JobError BucketNotFound, AccessDenied, ServiceThrottled or ServiceUnreachable
 */
export async function* listObjects(
  { client, bucket }: Bucket,
  prefix: string,
  signal?: AbortSignal,
): AsyncGenerator<ListedObject> {
  let ContinuationToken: string | undefined;
  do {
    const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken });
    const page = await client.send(command, { ...(signal && { abortSignal: signal }) }).catch((error: unknown) => {
      throw translateReadError(error, { doing: 'list', bucket, key: prefix, signal });
    });
    for (const { Key, Size, ETag, LastModified } of page.Contents ?? []) {
      yield { key: Key ?? '', bytes: Size ?? 0, etag: ETag ?? '', modifiedAt: LastModified ?? new Date(0) };
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}
