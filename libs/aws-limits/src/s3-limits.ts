/** Limits of Amazon S3. */
export const S3_LIMITS = {
  /** Characters of a bucket's name. (user guide, "General purpose bucket naming rules") */
  bucketNameCharacters: { min: 3, max: 63 },
  /** What the name of a bucket must not begin with. (the same page) */
  reservedBucketPrefixes: ['xn--', 'sthree-', 'amzn-s3-demo-'],
  /** Bytes in UTF-8 of an object's key. (user guide, "Naming Amazon S3 objects") */
  keyBytes: 1024,
} as const;
