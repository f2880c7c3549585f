import { bucketNameProblem } from '@serverless-ops/aws-limits';

/** Why a value is no name of a bucket. */
export function bucketProblem(value: string): string | undefined {
  if (/^s3:\/\//i.test(value)) {
    return 'is a URI: write the name of the bucket alone, which is between "s3://" and the next "/"';
  }
  if (/^https?:\/\//i.test(value)) return 'is a URL: write the name of the bucket alone';
  if (/^arn:/i.test(value)) return 'is an ARN: write the name of the bucket alone, which is after ":::"';
  if (value.includes('/')) return 'is a path: write the name of the bucket alone, and its folder into s3_path';
  return bucketNameProblem(value);
}
