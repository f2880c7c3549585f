import type { Bucket } from './bucket.ts';
import { listPage, pageSize, type ListPage } from './list-page.ts';
import { xmlAnswer } from './s3-answer.ts';
import { S3Error } from './s3-error.ts';
import { requireBucket, type S3Action } from './s3-exchange.ts';
import { partChecksum, requireUpload } from './upload-actions.ts';
import { element, S3_NAMESPACE, type XmlContent } from './xml.ts';

export const listObjectsV2: S3Action = (exchange) => {
  const { query } = exchange.call;
  const bucket = requireBucket(exchange);
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString();
  const { page, common } = pageOf(bucket, query, after);
  const content = {
    ...common,
    KeyCount: page.keys.length + page.prefixes.length,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: page.next === undefined ? undefined : Buffer.from(page.next).toString('base64url'),
    StartAfter: query.get('start-after') ?? undefined,
  };
  return xmlAnswer(element('ListBucketResult', content, S3_NAMESPACE));
};

export const listObjects: S3Action = (exchange) => {
  const { query } = exchange.call;
  const bucket = requireBucket(exchange);
  const marker = query.get('marker') ?? '';
  const { page, common, encode } = pageOf(bucket, query, marker);
  // S3 gives the next marker only where the last key of a page does not tell it.
  const isNeeded = page.next !== undefined && query.has('delimiter');
  const content = { ...common, Marker: encode(marker), NextMarker: isNeeded ? encode(page.next ?? '') : undefined };
  return xmlAnswer(element('ListBucketResult', content, S3_NAMESPACE));
};

function pageOf(
  bucket: Bucket,
  query: URLSearchParams,
  after: string,
): { page: ListPage; common: Record<string, XmlContent>; encode: (key: string) => string } {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const size = pageSize(query.get('max-keys'));
  const page = listPage(bucket.sortedKeys(prefix), { prefix, delimiter, after, size });
  const encode = encoderOf(query);
  const common = {
    Name: bucket.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: size,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: page.next !== undefined,
    Contents: page.keys.map((key) => {
      const object = bucket.objects.get(key);
      return {
        Key: encode(key),
        LastModified: object?.modifiedAt.toISOString(),
        ETag: object?.etag,
        ChecksumAlgorithm: object?.checksum?.algorithm.toUpperCase(),
        ChecksumType: object?.checksum?.type,
        Size: object?.bytes.sizeBytes,
        StorageClass: object?.headers['x-amz-storage-class'] ?? 'STANDARD',
      };
    }),
    CommonPrefixes: page.prefixes.map((each) => ({ Prefix: encode(each) })),
  };
  return { page, common, encode };
}

/** `encoding-type=url` carries characters that XML cannot. */
function encoderOf(query: URLSearchParams): (key: string) => string {
  const encoding = query.get('encoding-type');
  if (encoding === null) return (key) => key;
  if (encoding !== 'url') throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request');
  return (key) => encodeURIComponent(key).replaceAll('%2F', '/');
}

export const listMultipartUploads: S3Action = (exchange) => {
  const { query } = exchange.call;
  const bucket = requireBucket(exchange);
  const prefix = query.get('prefix') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('upload-id-marker') ?? '';
  const size = pageSize(query.get('max-uploads'));
  const encode = encoderOf(query);
  // By key and, for one key, by their start.
  const found = [...bucket.uploads.values()]
    .filter(({ key }) => key.startsWith(prefix))
    .sort(
      (a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) || a.startedAt.getTime() - b.startedAt.getTime(),
    );
  const last = found.findIndex(({ key, uploadId }) => key === keyMarker && uploadId === idMarker);
  const left = last === -1 ? found.filter(({ key }) => key > keyMarker) : found.slice(last + 1);
  const uploads = left.slice(0, size);
  const isTruncated = uploads.length < left.length;
  const content = {
    Bucket: bucket.name,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: idMarker,
    NextKeyMarker: isTruncated ? encode(uploads.at(-1)?.key ?? '') : undefined,
    NextUploadIdMarker: isTruncated ? uploads.at(-1)?.uploadId : undefined,
    Prefix: encode(prefix),
    MaxUploads: size,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: isTruncated,
    Upload: uploads.map(({ key, uploadId, startedAt, algorithm, checksumType }) => ({
      Key: encode(key),
      UploadId: uploadId,
      StorageClass: 'STANDARD',
      Initiated: startedAt.toISOString(),
      ChecksumAlgorithm: algorithm?.toUpperCase(),
      ChecksumType: algorithm === undefined ? undefined : checksumType,
    })),
  };
  return xmlAnswer(element('ListMultipartUploadsResult', content, S3_NAMESPACE));
};

export const listParts: S3Action = (exchange) => {
  const { query, bucket, key } = exchange.call;
  const { upload } = requireUpload(exchange);
  const marker = Number(query.get('part-number-marker') ?? 0);
  const size = pageSize(query.get('max-parts'));
  const left = [...upload.parts].filter(([number]) => number > marker).sort(([a], [b]) => a - b);
  const parts = left.slice(0, size);
  const isTruncated = parts.length < left.length;
  const content = {
    Bucket: bucket,
    Key: key,
    UploadId: upload.uploadId,
    StorageClass: 'STANDARD',
    PartNumberMarker: marker,
    NextPartNumberMarker: isTruncated ? parts.at(-1)?.[0] : undefined,
    MaxParts: size,
    IsTruncated: isTruncated,
    ChecksumAlgorithm: upload.algorithm?.toUpperCase(),
    ChecksumType: upload.algorithm === undefined ? undefined : upload.checksumType,
    Part: parts.map(([number, { md5, file, modifiedAt, checksum }]) => ({
      PartNumber: number,
      LastModified: modifiedAt.toISOString(),
      ETag: `"${md5}"`,
      Size: file.sizeBytes,
      ...partChecksum(checksum),
    })),
  };
  return xmlAnswer(element('ListPartsResult', content, S3_NAMESPACE));
};
