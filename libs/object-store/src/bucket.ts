import type { S3Client } from '@aws-sdk/client-s3';

/** A bucket, and the client that reaches it. */
export interface Bucket {
  client: S3Client;
  bucket: string;
}
