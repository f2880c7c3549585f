import { S3Client } from '@aws-sdk/client-s3';
import { startScriptedS3Server, type ScriptedS3Server } from '@serverless-ops/test-servers';
import type { Bucket } from '../bucket.ts';
import { S3_CLIENT_DEFAULTS } from '../s3-client-defaults.ts';

/** The bucket `backups` of an S3 that does what a test tells it. */
export interface ScriptedBucket {
  readonly s3: ScriptedS3Server;
  readonly bucket: Bucket;
  readonly stop: () => Promise<void>;
}

/** Starts one. Its client asks once, so that what a test sees is what the code under test asked for. */
export async function startScriptedBucket(options: Partial<Bucket> = {}): Promise<ScriptedBucket> {
  const s3 = await startScriptedS3Server();
  const client = new S3Client({ ...S3_CLIENT_DEFAULTS, ...s3.clientConfig, maxAttempts: 1 });
  return {
    s3,
    bucket: { client, bucket: 'backups', ...options },
    async stop() {
      client.destroy();
      await s3.stop();
    },
  };
}
