/**
 * Bytes of the folder of all backups. A key has 1,024 at most (Amazon S3 user guide, "Naming Amazon S3 objects"), and
 * database, environment, backup id and file take less than 220 of them.
 */
const MAX_PATH_BYTES = 800;

/** The same page, "Characters to avoid". Wildcards of IAM besides: a policy for the folder would mean others too. */
const TO_AVOID = /[\\{}^%`[\]"<>~#|*?]/;

/**
 * Why a value is no folder in a bucket. Slashes at its ends and double ones are fine: a job leaves them out, and `/`
 * means the bucket itself.
 */
export function s3PathProblem(value: string): string | undefined {
  if (/^(s3|https?):\/\//i.test(value)) return 'is a URI: write the folder alone, and the bucket into s3_bucket';
  if (/^arn:/i.test(value)) return 'is an ARN: write the folder alone, and the bucket into s3_bucket';
  const levels = value.split('/');
  // S3 keeps them as they are, while clients and file systems take them for other folders.
  if (levels.includes('.') || levels.includes('..')) {
    return 'has "." or ".." as a folder: write the path without them';
  }
  if (levels.some((level) => level !== level.trim())) return 'has a space at the end of a folder: write it without';
  if (TO_AVOID.test(value))
    return 'has one of the characters \\ { } ^ % ` [ ] " < > ~ # | * ?, which a folder must not have';
  const bytes = Buffer.byteLength(value);
  return bytes > MAX_PATH_BYTES
    ? `has ${bytes} bytes, and a folder for backups has ${MAX_PATH_BYTES} at most`
    : undefined;
}
