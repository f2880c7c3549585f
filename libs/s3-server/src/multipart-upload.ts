import { createHash } from 'node:crypto';
import {
  checksumElement,
  checksumOfParts,
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  type ChecksumType,
} from './checksum.ts';
import { unquoted } from './conditions.ts';
import type { ReceivedBody } from './receive-body.ts';
import { S3Error } from './s3-error.ts';
import { StoredBytes } from './stored-bytes.ts';
import type { StoredObject } from './stored-object.ts';
import { elementsOf, textOf } from './xml.ts';

/** Every part but the last is at least this large. */
const MIN_PART_BYTES = 5 * 1024 ** 2;
/** Numbers of parts go from 1 to this. */
const MAX_PARTS = 10_000;

export interface UploadedPart extends ReceivedBody {
  modifiedAt: Date;
}

/** An upload that was begun and neither completed nor aborted. */
export interface MultipartUpload {
  uploadId: string;
  key: string;
  startedAt: Date;
  /** Those of the object to come. */
  headers: Readonly<Record<string, string>>;
  algorithm: ChecksumAlgorithm | undefined;
  checksumType: ChecksumType;
  parts: Map<number, UploadedPart>;
}

/** Reads the checksum that an upload is begun with. CRC64NVME is of whole objects only, the SHA checksums of parts only. */
export function uploadChecksum(
  headers: Readonly<Record<string, string>>,
): Pick<MultipartUpload, 'algorithm' | 'checksumType'> {
  const named = headers['x-amz-checksum-algorithm']?.toLowerCase();
  const algorithm = CHECKSUM_ALGORITHMS.find((each) => each === named);
  if (named !== undefined && algorithm === undefined) {
    throw new S3Error('InvalidRequest', `Checksum algorithm provided is unsupported: ${named}`);
  }
  const usual = algorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE';
  const type = headers['x-amz-checksum-type']?.toUpperCase() ?? usual;
  const isComposite = type === 'COMPOSITE' && algorithm !== 'crc64nvme';
  const isWhole = type === 'FULL_OBJECT' && !algorithm?.startsWith('sha');
  if (!isComposite && !isWhole) {
    throw new S3Error(
      'InvalidRequest',
      `The ${type} checksum type cannot be used with the ${String(named)} checksum algorithm.`,
    );
  }
  return { algorithm, checksumType: isComposite ? 'COMPOSITE' : 'FULL_OBJECT' };
}

/** Reads the number of a part. */
export function readPartNumber(text: string | null): number {
  const number = Number(text);
  if (/^\d+$/.test(text ?? '') && number >= 1 && number <= MAX_PARTS) return number;
  throw new S3Error('InvalidArgument', `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`);
}

/** Throws `S3Error` unless a part has the checksum that its upload was begun with. */
export function checkPartChecksum(
  { algorithm, checksumType }: MultipartUpload,
  part: ChecksumAlgorithm | undefined,
): void {
  if (algorithm === undefined || part === algorithm || (part === undefined && checksumType === 'FULL_OBJECT')) return;
  throw new S3Error(
    'InvalidRequest',
    `Checksum Type mismatch occurred, expected checksum Type: ${algorithm}, actual checksum Type: ${part ?? 'null'}`,
  );
}

/** The object that a `CompleteMultipartUpload` makes of its upload, and the parts that it leaves out. */
export interface CompletedUpload {
  object: Omit<StoredObject, 'modifiedAt'>;
  unused: UploadedPart[];
}

/** Puts the parts together that the document names, after the checks that S3 makes. */
export function completeUpload(
  upload: MultipartUpload,
  xml: string,
  headers: Readonly<Record<string, string>>,
): CompletedUpload {
  const named = elementsOf(xml, 'Part');
  if (named.length === 0 || named.length > MAX_PARTS) throw new S3Error('MalformedXML');
  let previous = 0;
  const parts = named.map((part) => {
    const number = readPartNumber(textOf(part, 'PartNumber') ?? null);
    if (number <= previous) throw new S3Error('InvalidPartOrder');
    previous = number;
    return namedPart(upload, number, part);
  });
  if (parts.slice(0, -1).some(({ file }) => file.sizeBytes < MIN_PART_BYTES)) throw new S3Error('EntityTooSmall');

  const bytes = new StoredBytes(parts.map(({ file }) => file));
  const expected = headers['x-amz-mp-object-size'];
  if (expected !== undefined && Number(expected) !== bytes.sizeBytes) {
    throw new S3Error(
      'InvalidRequest',
      `The provided 'x-amz-mp-object-size' header value ${expected} does not match what was computed: ${bytes.sizeBytes}`,
    );
  }
  const checksum = completedChecksum(upload, parts, headers);
  const md5 = createHash('md5');
  for (const part of parts) md5.update(part.md5, 'hex');
  return {
    object: {
      bytes,
      etag: `"${md5.digest('hex')}-${parts.length}"`,
      headers: upload.headers,
      checksum,
      isMultipart: true,
    },
    unused: [...upload.parts.values()].filter((part) => !parts.includes(part)),
  };
}

/** The uploaded part that an element of the document names by number, ETag and, where there is one, checksum. */
function namedPart({ parts, algorithm, checksumType }: MultipartUpload, number: number, xml: string): UploadedPart {
  const part = parts.get(number);
  if (part?.md5 !== unquoted(textOf(xml, 'ETag') ?? '')) throw new S3Error('InvalidPart');
  if (part.checksum) {
    const claimed = textOf(xml, checksumElement(part.checksum.algorithm));
    if (claimed !== undefined && claimed !== part.checksum.value) throw new S3Error('InvalidPart');
    if (claimed === undefined && algorithm !== undefined && checksumType === 'COMPOSITE') {
      throw new S3Error(
        'InvalidRequest',
        `The upload was created using a ${algorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      );
    }
  }
  return part;
}

function completedChecksum(
  { algorithm, checksumType }: MultipartUpload,
  parts: readonly UploadedPart[],
  headers: Readonly<Record<string, string>>,
): StoredObject['checksum'] {
  const values = parts.map(({ checksum, file }) => ({ value: checksum?.value ?? '', sizeBytes: file.sizeBytes }));
  // A whole object's checksum can be told from its parts' only when each of them came with one.
  if (algorithm === undefined || values.some(({ value }) => value === '')) return undefined;
  const value = checksumOfParts(algorithm, checksumType, values);
  const claimed = headers[`x-amz-checksum-${algorithm}`];
  if (claimed !== undefined && claimed !== value && claimed !== value.replace(/-\d+$/, '')) {
    throw new S3Error(
      'BadDigest',
      `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    );
  }
  return { algorithm, value, type: checksumType };
}
