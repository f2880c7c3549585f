/** Limits of Amazon S3. */
export const S3_LIMITS = {
  /** Characters of a bucket's name. (user guide, "General purpose bucket naming rules") */
  bucketNameCharacters: { min: 3, max: 63 },
  /** What the name of a bucket must not begin with. (the same page) */
  reservedBucketPrefixes: ['xn--', 'sthree-', 'amzn-s3-demo-'],
  /** What it must not end with. (the same page) */
  reservedBucketSuffixes: ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'],
  /** Bytes in UTF-8 of an object's key. (user guide, "Naming Amazon S3 objects") */
  keyBytes: 1024,
} as const;

const NAME = /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/;
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

/** Why S3 refuses a name for a bucket; `undefined` for a good one. (user guide, "General purpose bucket naming rules") */
export function bucketNameProblem(name: string): string | undefined {
  const { bucketNameCharacters, reservedBucketPrefixes, reservedBucketSuffixes } = S3_LIMITS;
  const { min, max } = bucketNameCharacters;
  if (name.length < min || name.length > max || !NAME.test(name) || name.includes('..') || IPV4.test(name)) {
    return (
      `is no name of a bucket: it has ${min} to ${max} lower-case letters, digits, "." and "-", ` +
      'begins and ends with a letter or a digit, and is no IP address'
    );
  }
  const reserved =
    reservedBucketPrefixes.some((prefix) => name.startsWith(prefix)) ||
    reservedBucketSuffixes.some((suffix) => name.endsWith(suffix));
  return reserved ? 'is a name that S3 keeps for itself, and no bucket of yours' : undefined;
}
