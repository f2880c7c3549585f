import type { S3Client } from '@aws-sdk/client-s3';

/** A bucket, and the client that reaches it. */
export interface Bucket {
  readonly client: S3Client;
  readonly bucket: string;
  /**
   * For how long a commit goes on while S3 fails. Objects that are visible cannot be taken back.
   * @default 3 minutes
   */
  readonly commitPatienceMs?: number;
  /**
   * For how long a read goes on without a byte while S3 fails.
   * @default 3 minutes
   */
  readonly readPatienceMs?: number;
}
