import { checksumElement } from './checksum.ts';
import { checkWriteConditions, unquoted } from './conditions.ts';
import { checksumHeaders } from './read-object.ts';
import { receiveBody, receiveText } from './receive-body.ts';
import { xmlAnswer } from './s3-answer.ts';
import type { S3Call } from './s3-call.ts';
import { S3Error } from './s3-error.ts';
import { checkKey, requireBucket, requireObject, type S3Action, type S3Exchange } from './s3-exchange.ts';
import { StoredBytes } from './stored-bytes.ts';
import { objectHeaders, type StoredObject } from './stored-object.ts';
import { element, elementsOf, S3_NAMESPACE, textOf } from './xml.ts';

export const putObject: S3Action = async (exchange) => {
  const { call, folder, body, now } = exchange;
  checkKey(call.key);
  const bucket = requireBucket(exchange);
  const { file, md5, checksum } = await receiveBody(folder, call, body);
  const object: StoredObject = {
    bytes: new StoredBytes([file]),
    etag: `"${md5}"`,
    modifiedAt: now(),
    headers: objectHeaders(call.headers),
    checksum: checksum && { ...checksum, type: 'FULL_OBJECT' },
    isMultipart: false,
  };
  try {
    // Nothing is awaited between the condition and the write, so of two writers who want to be first only one is.
    checkWriteConditions(call.headers, bucket.objects.get(call.key));
  } catch (error) {
    await object.bytes.drop();
    throw error;
  }
  await bucket.put(call.key, object);
  return { status: 200, headers: { etag: object.etag, ...checksumHeaders(object) } };
};

export const copyObject: S3Action = async (exchange) => {
  const { call, folder, now } = exchange;
  checkKey(call.key);
  const bucket = requireBucket(exchange);
  const source = requireCopySource(exchange);
  const { file, md5 } = await receiveBody(folder, { headers: {} }, source.bytes.read());
  const isReplaced = call.headers['x-amz-metadata-directive']?.toUpperCase() === 'REPLACE';
  const object: StoredObject = {
    bytes: new StoredBytes([file]),
    etag: `"${md5}"`,
    modifiedAt: now(),
    headers: isReplaced ? objectHeaders(call.headers) : source.headers,
    checksum: source.isMultipart ? undefined : source.checksum,
    isMultipart: false,
  };
  await bucket.put(call.key, object);
  return xmlAnswer(
    element(
      'CopyObjectResult',
      {
        ETag: object.etag,
        LastModified: object.modifiedAt.toISOString(),
        ...(object.checksum && { [checksumElement(object.checksum.algorithm)]: object.checksum.value }),
      },
      S3_NAMESPACE,
    ),
  );
};

/** The object that `x-amz-copy-source` names, after the conditions on it. */
export function requireCopySource({ buckets, call }: Pick<S3Exchange, 'buckets' | 'call'>): StoredObject {
  const [path = ''] = (call.headers['x-amz-copy-source'] ?? '').replace(/^\//, '').split('?');
  const [bucket = '', ...key] = path.split('/').map(decodeURIComponent);
  const source: S3Call = { ...call, bucket, key: key.join('/') };
  const object = requireObject({ buckets, call: source });
  const match = call.headers['x-amz-copy-source-if-match'];
  const noneMatch = call.headers['x-amz-copy-source-if-none-match'];
  if (match !== undefined && unquoted(match) !== unquoted(object.etag)) throw new S3Error('PreconditionFailed');
  if (noneMatch !== undefined && unquoted(noneMatch) === unquoted(object.etag)) throw new S3Error('PreconditionFailed');
  return object;
}

export const deleteObject: S3Action = async (exchange) => {
  await requireBucket(exchange).delete(exchange.call.key);
  return { status: 204, headers: {} };
};

/** The most keys of one `DeleteObjects`. */
const MAX_DELETED = 1000;

export const deleteObjects: S3Action = async (exchange) => {
  const { call, body } = exchange;
  const bucket = requireBucket(exchange);
  const hasDigest = Object.keys(call.headers).some((name) =>
    /^(content-md5|x-amz-checksum-.+|x-amz-trailer)$/.test(name),
  );
  if (!hasDigest) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  }
  const xml = await receiveText(call, body);
  const keys = deletedKeys(xml);
  if (keys.length === 0 || keys.length > MAX_DELETED) throw new S3Error('MalformedXML');
  for (const key of keys) await bucket.delete(key);
  const isQuiet = textOf(xml, 'Quiet') === 'true';
  return xmlAnswer(
    element('DeleteResult', { Deleted: isQuiet ? undefined : keys.map((Key) => ({ Key })) }, S3_NAMESPACE),
  );
};

/** Keys that the document of a `DeleteObjects` names. */
export const deletedKeys = (xml: string): string[] =>
  elementsOf(xml, 'Object').map((object) => textOf(object, 'Key') ?? '');
