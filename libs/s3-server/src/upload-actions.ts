import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Bucket } from './bucket.ts';
import { checksumElement, type Checksum } from './checksum.ts';
import { checkWriteConditions } from './conditions.ts';
import {
  checkPartChecksum,
  completeUpload,
  readPartNumber,
  uploadChecksum,
  type MultipartUpload,
  type UploadedPart,
} from './multipart-upload.ts';
import { claimedDigests } from './claimed-digests.ts';
import { receiveBody, receiveText } from './receive-body.ts';
import { xmlAnswer } from './s3-answer.ts';
import { S3Error } from './s3-error.ts';
import { checkKey, requireBucket, type S3Action, type S3Exchange } from './s3-exchange.ts';
import type { ByteRange } from './stored-bytes.ts';
import { objectHeaders } from './stored-object.ts';
import { element, S3_NAMESPACE } from './xml.ts';
import { requireCopySource } from './write-object.ts';

export const createMultipartUpload: S3Action = (exchange) => {
  const { call, now } = exchange;
  checkKey(call.key);
  const bucket = requireBucket(exchange);
  const upload: MultipartUpload = {
    uploadId: randomUUID().replaceAll('-', ''),
    key: call.key,
    startedAt: now(),
    headers: objectHeaders(call.headers),
    ...uploadChecksum(call.headers),
    parts: new Map(),
  };
  bucket.uploads.set(upload.uploadId, upload);
  const { uploadId, algorithm, checksumType } = upload;
  const answer = xmlAnswer(
    element('InitiateMultipartUploadResult', { Bucket: call.bucket, Key: call.key, UploadId: uploadId }, S3_NAMESPACE),
  );
  if (algorithm === undefined) return answer;
  const checksum = { 'x-amz-checksum-algorithm': algorithm.toUpperCase(), 'x-amz-checksum-type': checksumType };
  return { ...answer, headers: { ...answer.headers, ...checksum } };
};

export const uploadPart: S3Action = async (exchange) => {
  const { call, folder, now } = exchange;
  const number = readPartNumber(call.query.get('partNumber'));
  const { bucket, upload } = requireUpload(exchange);
  const isCopy = call.headers['x-amz-copy-source'] !== undefined;
  if (!isCopy) checkPartChecksum(upload, claimedDigests(call.headers).algorithm);
  const request = isCopy ? { headers: {} } : call;
  const received = await receiveBody(folder, request, isCopy ? copiedBytes(exchange) : exchange.body);
  const part: UploadedPart = { ...received, modifiedAt: now() };
  // It may have been completed or aborted meanwhile.
  if (bucket.uploads.get(upload.uploadId) !== upload) {
    await removeParts([part]);
    throw new S3Error('NoSuchUpload');
  }
  const former = upload.parts.get(number);
  upload.parts.set(number, part);
  if (former) await removeParts([former]);
  const etag = `"${part.md5}"`;
  if (isCopy) {
    const content = { ETag: etag, LastModified: part.modifiedAt.toISOString() };
    return xmlAnswer(element('CopyPartResult', content, S3_NAMESPACE));
  }
  const { checksum } = part;
  return {
    status: 200,
    headers: { etag, ...(checksum && { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value }) },
  };
};

/** The bytes that `x-amz-copy-source` and `x-amz-copy-source-range` name. */
function copiedBytes(exchange: S3Exchange): AsyncIterable<Buffer> {
  const { bytes } = requireCopySource(exchange);
  const header = exchange.call.headers['x-amz-copy-source-range'];
  if (header === undefined) return bytes.read();
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  const range: ByteRange = { first: Number(first), last: Number(last) };
  if (!(range.first <= range.last && range.last < bytes.sizeBytes)) {
    throw new S3Error('InvalidArgument', `Range specified is not valid for source object of size: ${bytes.sizeBytes}`);
  }
  return bytes.read(range);
}

export const completeMultipartUpload: S3Action = async (exchange) => {
  const { call, now } = exchange;
  const xml = await receiveText({ headers: withoutObjectChecksum(call.headers) }, exchange.body);
  // S3 looks at the condition first: a second complete with `If-None-Match` receives 412, not `NoSuchUpload`.
  const stored = requireBucket(exchange).objects.get(call.key);
  checkWriteConditions(call.headers, stored);
  const { bucket, upload } = requireUpload(exchange);
  const { object, unused } = completeUpload(upload, xml, call.headers);
  bucket.uploads.delete(upload.uploadId);
  await Promise.all([bucket.put(call.key, { ...object, modifiedAt: now() }), removeParts(unused)]);
  const { etag, checksum } = object;
  const content = {
    Location: `/${call.bucket}/${call.key}`,
    Bucket: call.bucket,
    Key: call.key,
    ETag: etag,
    ...(checksum && { [checksumElement(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type }),
  };
  return xmlAnswer(element('CompleteMultipartUploadResult', content, S3_NAMESPACE));
};

/** The checksum headers of a complete are those of the object, not of the document. */
function withoutObjectChecksum(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^x-amz-(checksum-|sdk-checksum)/.test(name)));
}

export const abortMultipartUpload: S3Action = async (exchange) => {
  const { bucket, upload } = requireUpload(exchange);
  bucket.uploads.delete(upload.uploadId);
  await removeParts([...upload.parts.values()]);
  return { status: 204, headers: {} };
};

/** The upload of a call. Throws `NoSuchBucket` or `NoSuchUpload`. */
export function requireUpload(exchange: S3Exchange): { bucket: Bucket; upload: MultipartUpload } {
  const bucket = requireBucket(exchange);
  const upload = bucket.uploads.get(exchange.call.query.get('uploadId') ?? '');
  if (upload?.key !== exchange.call.key) throw new S3Error('NoSuchUpload');
  return { bucket, upload };
}

async function removeParts(parts: readonly UploadedPart[]): Promise<void> {
  await Promise.all(parts.map(({ file }) => rm(file.path, { force: true })));
}

/** A part's checksum as an element beside its ETag. */
export const partChecksum = (checksum: Checksum | undefined): Record<string, string> =>
  checksum ? { [checksumElement(checksum.algorithm)]: checksum.value } : {};
