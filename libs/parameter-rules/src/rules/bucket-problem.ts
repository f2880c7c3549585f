import { isIPv4 } from 'node:net';

/** Amazon S3 user guide, "General purpose bucket naming rules": length, characters, and both ends. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The same page: beginnings and ends that S3 keeps for itself. */
const RESERVED = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

/** Why a value is no name of a bucket. */
export function bucketProblem(value: string): string | undefined {
  if (/^s3:\/\//i.test(value)) {
    return 'is a URI: write the name of the bucket alone, which is between "s3://" and the next "/"';
  }
  if (/^https?:\/\//i.test(value)) return 'is a URL: write the name of the bucket alone';
  if (/^arn:/i.test(value)) return 'is an ARN: write the name of the bucket alone, which is after ":::"';
  if (value.includes('/')) return 'is a path: write the name of the bucket alone, and its folder into s3_path';
  if (!BUCKET.test(value) || value.includes('..') || isIPv4(value)) {
    return (
      'is no name of a bucket: it has 3 to 63 lower-case letters, digits, "." and "-", ' +
      'begins and ends with a letter or a digit, and is no IP address'
    );
  }
  return RESERVED.test(value) ? 'is a name that S3 keeps for itself, and no bucket of yours' : undefined;
}
