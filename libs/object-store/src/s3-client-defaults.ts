import type { S3ClientConfig } from '@aws-sdk/client-s3';

/**
 * Settings of the `S3Client` for an {@link ObjectStore}. A part that fails is sent up to six times, over some seconds:
 * a dump of hours must outlive a short fault. A connection that is silent for a minute counts as failed.
 */
export const S3_CLIENT_DEFAULTS = {
  maxAttempts: 6,
  requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
  // The SDK's default opens a new connection for every part. What it saves, sending a part that is then refused,
  // cannot happen: the upload was accepted before its first part.
  expectContinueHeader: false,
  // The SHA-256 of the manifest proves what is read. The SDK would compute another checksum of it in JavaScript.
  responseChecksumValidation: 'WHEN_REQUIRED',
} as const satisfies S3ClientConfig;
