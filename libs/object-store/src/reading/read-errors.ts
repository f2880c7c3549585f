import { JobError } from '@serverless-ops/job-schemas';
import { diagnoseBucket, isTemporary, statusOf, type S3Attempt } from '../s3-errors.ts';

/** A read of the bucket that failed. */
export interface ReadAttempt extends S3Attempt {
  /** Whoever stopped the job gets back the reason they gave. */
  readonly signal: AbortSignal | undefined;
  /** The right that the request takes. @default what reading a backup takes */
  readonly action?: string;
}

/** What S3 said to a read, as the error that an operator can act on. An aborted signal's reason comes before all else. */
export function translateReadError(error: unknown, { signal, action, ...attempt }: ReadAttempt): Error {
  if (signal?.aborted) return signal.reason as Error;
  if (error instanceof JobError) return error;
  const { doing, bucket, key } = attempt;
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const failed = `Cannot ${doing} s3://${bucket}/${key} (${said}).`;
  const { code, advice } = diagnoseBucket(error, attempt) ?? diagnoseRead(error, { bucket, key, action });
  return new JobError(code, `${failed} ${advice}`, { cause: error });
}

function diagnoseRead(
  error: unknown,
  { bucket, key, action }: { bucket: string; key: string; action: string | undefined },
): { code: JobError['code']; advice: string } {
  const status = statusOf(error);
  if (status === 404) {
    return {
      code: 'BackupCorrupt',
      advice: 'The listing of the bucket had the object, and it is gone. Choose another backup_id.',
    };
  }
  if (status === 412) {
    return {
      code: 'BackupCorrupt',
      advice:
        'Somebody replaced the object since this job looked at the backup. Order the job again: it checks the backup anew.',
    };
  }
  if ((error as Error).name === 'InvalidObjectState') {
    return {
      code: 'BackupUnreadable',
      advice:
        'The object is archived. Bring all objects of the backup back first: ' +
        `aws s3api restore-object --bucket ${bucket} --key '${key}' --restore-request Days=7. Then order the job again.`,
    };
  }
  if ((status === 401 || status === 403) && action !== undefined) {
    const arn = `arn:aws:s3:::${bucket}${key === '' ? '' : `/${key}`}`;
    return {
      code: 'AccessDenied',
      advice: `Allow the task's role ${action} on ${arn}, also in the policy of the bucket.`,
    };
  }
  if (status === 401 || status === 403) {
    return {
      code: 'AccessDenied',
      advice:
        `Allow the task's role s3:GetObject on arn:aws:s3:::${bucket}/${key.split('/')[0]}/* and s3:ListBucket on ` +
        `arn:aws:s3:::${bucket}, and, if the bucket is encrypted with a KMS key, kms:Decrypt on that key.`,
    };
  }
  if (status === undefined) {
    return { code: 'ServiceUnreachable', advice: 'Check that the subnets of the job reach S3. Order the job again.' };
  }
  if (isTemporary(error)) return { code: 'ServiceThrottled', advice: 'S3 has a fault for now. Order the job again.' };
  return { code: 'InternalError', advice: 'Report it with the log of this job.' };
}
