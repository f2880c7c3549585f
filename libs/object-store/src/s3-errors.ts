import { JobError, type ErrorCode } from '@serverless-ops/job-schemas';

/** What was being done when S3 refused: `doing` completes "Cannot ...", the rest says to what. */
export interface S3Attempt {
  doing: string;
  bucket: string;
  key: string;
}

/** Answers to a request that was signed for another region than the bucket's. */
const WRONG_REGION = new Set([
  'PermanentRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
]);

/** An error of the S3 client as the `JobError` that an operator can act on. A `JobError` stays itself. */
export function translateS3Error(error: unknown, { doing, bucket, key }: S3Attempt): JobError {
  if (error instanceof JobError) return error;
  const { code, advice } = diagnose(error, { doing, bucket, key });
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new JobError(code, `Cannot ${doing} s3://${bucket}/${key} (${said}). ${advice}`, { cause: error });
}

function diagnose(error: unknown, attempt: S3Attempt): { code: ErrorCode; advice: string } {
  const { bucket, key } = attempt;
  const status = statusOf(error);
  const ofBucket = diagnoseBucket(error, attempt);
  if (ofBucket) return ofBucket;
  if (status === 401 || status === 403) {
    return {
      code: 'AccessDenied',
      advice:
        `Allow the task's role s3:PutObject and s3:AbortMultipartUpload on arn:aws:s3:::${bucket}/${key.split('/')[0]}/*, ` +
        'and, if the bucket is encrypted with a KMS key, kms:GenerateDataKey and kms:Decrypt on that key.',
    };
  }
  if (status === 412) {
    return {
      code: 'UploadFailed',
      advice: 'The bucket has an object with that key already, and the job left it as it is. Order the job again.',
    };
  }
  return { code: 'UploadFailed', advice: 'Nothing was stored under that key. Order the job again.' };
}

/** What keeps every request from the bucket, whatever it wants; undefined for an error of another kind. */
export function diagnoseBucket(error: unknown, { bucket }: S3Attempt): { code: ErrorCode; advice: string } | undefined {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NoSuchBucket' || name === 'InvalidBucketName') {
    return {
      code: 'BucketNotFound',
      advice: `There is no bucket ${bucket}: create it, or correct s3_bucket in the database's parameters (S3_BUCKET of a direct run).`,
    };
  }
  if (WRONG_REGION.has(name)) {
    return {
      code: 'BucketNotFound',
      advice: `The bucket ${bucket} is not in the region of the task: use a bucket of that region.`,
    };
  }
  if (name === 'CredentialsProviderError') {
    return { code: 'AccessDenied', advice: 'The task has no AWS credentials: give its task definition a task role.' };
  }
  return undefined;
}

/**
 * Whether S3 may do later what it did not do now: no answer, a server's fault, or a write of the same key that is under
 * way (409 ConditionalRequestConflict), which can only be an earlier attempt of our own.
 */
export function isTemporary(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status >= 500 || status === 409 || status === 429;
}

/** Of the answer; undefined when none came. */
export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
