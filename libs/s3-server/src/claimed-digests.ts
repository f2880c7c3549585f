import { CHECKSUM_ALGORITHMS, checksumBytes, type ChecksumAlgorithm } from './checksum.ts';
import { S3Error } from './s3-error.ts';

/** What the headers of a request say about its body. */
export interface Claims {
  isChunked: boolean;
  /** Bytes of the data, without the framing of `aws-chunked`. */
  sizeBytes: number | undefined;
  /** In base64. */
  contentMd5: string | undefined;
  /** In hex, as signed. */
  contentSha256: string | undefined;
  algorithm: ChecksumAlgorithm | undefined;
  /** In base64; undefined when it comes as a trailer after the body. */
  checksum: string | undefined;
}

/** The digests of what came; those that the claims need. */
export interface Digests {
  md5: Buffer;
  sha256: Buffer | undefined;
  checksum: Buffer | undefined;
}

const PREFIX = 'x-amz-checksum-';

/** Reads the claims of a request's headers. Throws `S3Error` when they contradict each other. */
export function claimedDigests(headers: Readonly<Record<string, string>>): Claims {
  const signed = headers['x-amz-content-sha256'];
  const isChunked =
    (headers['content-encoding']?.includes('aws-chunked') ?? false) || signed?.startsWith('STREAMING-') === true;
  const length = isChunked ? headers['x-amz-decoded-content-length'] : headers['content-length'];
  const contentMd5 = headers['content-md5'];
  if (contentMd5 !== undefined && !isBase64Of(contentMd5, 16)) throw new S3Error('InvalidDigest');
  return {
    isChunked,
    sizeBytes: length === undefined ? undefined : Number(length),
    contentMd5,
    contentSha256: signed !== undefined && /^[\da-f]{64}$/.test(signed) ? signed : undefined,
    ...claimedChecksum(headers),
  };
}

function claimedChecksum(headers: Readonly<Record<string, string>>): Pick<Claims, 'algorithm' | 'checksum'> {
  const given = CHECKSUM_ALGORITHMS.filter((algorithm) => headers[PREFIX + algorithm] !== undefined);
  const trailing = CHECKSUM_ALGORITHMS.filter((algorithm) =>
    headers['x-amz-trailer']?.split(',').some((name) => name.trim().toLowerCase() === PREFIX + algorithm),
  );
  const [algorithm, second] = [...given, ...trailing];
  if (second !== undefined) {
    throw new S3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  if (algorithm === undefined) {
    if (headers['x-amz-sdk-checksum-algorithm'] !== undefined) {
      throw new S3Error(
        'InvalidRequest',
        'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
      );
    }
    return { algorithm: undefined, checksum: undefined };
  }
  const checksum = headers[PREFIX + algorithm];
  if (checksum !== undefined) requireChecksumForm(algorithm, checksum);
  return { algorithm, checksum };
}

/** Compares what came with what was claimed. Throws `S3Error` with S3's code for each kind of digest. */
export function checkDigests(
  claims: Claims,
  trailers: ReadonlyMap<string, string> | undefined,
  digests: Digests,
): void {
  if (claims.contentMd5 !== undefined && claims.contentMd5 !== digests.md5.toString('base64')) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  if (claims.contentSha256 !== undefined && claims.contentSha256 !== digests.sha256?.toString('hex')) {
    throw new S3Error('XAmzContentSHA256Mismatch');
  }
  const { algorithm } = claims;
  if (algorithm === undefined) return;
  const claimed = claims.checksum ?? trailers?.get(PREFIX + algorithm);
  if (claimed === undefined) {
    throw new S3Error('InvalidRequest', `The trailer ${PREFIX}${algorithm} that x-amz-trailer announces is missing.`);
  }
  requireChecksumForm(algorithm, claimed);
  if (claimed !== digests.checksum?.toString('base64')) {
    throw new S3Error(
      'BadDigest',
      `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    );
  }
}

function requireChecksumForm(algorithm: ChecksumAlgorithm, value: string): void {
  if (isBase64Of(value, checksumBytes(algorithm))) return;
  throw new S3Error('InvalidRequest', `Value for ${PREFIX}${algorithm} header is invalid.`);
}

const isBase64Of = (text: string, bytes: number): boolean =>
  /^[A-Za-z\d+/]+=*$/.test(text) && Buffer.from(text, 'base64').length === bytes;
