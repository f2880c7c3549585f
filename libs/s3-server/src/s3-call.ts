import type { IncomingMessage } from 'node:http';

/** The S3 actions that the server knows, by AWS's names. */
export type S3Operation =
  | 'AbortMultipartUpload'
  | 'CompleteMultipartUpload'
  | 'CopyObject'
  | 'CreateBucket'
  | 'CreateMultipartUpload'
  | 'DeleteBucket'
  | 'DeleteObject'
  | 'DeleteObjects'
  | 'GetBucketLocation'
  | 'GetBucketVersioning'
  | 'GetObject'
  | 'HeadBucket'
  | 'HeadObject'
  | 'ListBuckets'
  | 'ListMultipartUploads'
  | 'ListObjects'
  | 'ListObjectsV2'
  | 'ListParts'
  | 'PutObject'
  | 'UploadPart';

/** A request as it came over HTTP, before its body is read. */
export interface S3Request {
  method: string;
  /** Path as sent, still percent-encoded, without the query. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
}

/** A request whose action is known. */
export interface S3Call extends S3Request {
  operation: S3Operation;
  bucket: string;
  /** Decoded; empty for an operation on a bucket or on all of them. */
  key: string;
}

/** Reads the line and the headers of a request. */
export function readS3Request(incoming: IncomingMessage): S3Request {
  const [path = '/', search = ''] = (incoming.url ?? '/').split('?', 2);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(search),
    headers: Object.fromEntries(headers) as Record<string, string>,
  };
}

/** Finds which action a request is, and on what; undefined for an action that this server does not know. */
export function findS3Call(request: S3Request): S3Call | undefined {
  const [bucket = '', ...key] = pathOf(request).split('/').slice(1);
  const target = { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key.join('/')) };
  const operation = operationOf(request, target);
  return operation === undefined ? undefined : { ...request, operation, ...target };
}

/** Path with the bucket in it, also where a client has put the bucket into the host name (`bucket.localhost`). */
function pathOf({ path, headers }: S3Request): string {
  const bucket = /^(.+)\.localhost(?::\d+)?$/.exec(headers['host'] ?? '')?.[1];
  return bucket === undefined ? path : `/${bucket}${path}`;
}

/** Sub-resources of a bucket or object that name an action by themselves; the server knows no other. */
const SUB_RESOURCES: Readonly<Record<string, S3Operation>> = {
  'GET bucket uploads': 'ListMultipartUploads',
  'GET bucket location': 'GetBucketLocation',
  'GET bucket versioning': 'GetBucketVersioning',
  'POST bucket delete': 'DeleteObjects',
  'POST object uploads': 'CreateMultipartUpload',
  'POST object uploadId': 'CompleteMultipartUpload',
  'PUT object uploadId': 'UploadPart',
  'GET object uploadId': 'ListParts',
  'DELETE object uploadId': 'AbortMultipartUpload',
};

const PLAIN: Readonly<Record<string, S3Operation>> = {
  'GET account': 'ListBuckets',
  'GET bucket': 'ListObjects',
  'HEAD bucket': 'HeadBucket',
  'PUT bucket': 'CreateBucket',
  'DELETE bucket': 'DeleteBucket',
  'GET object': 'GetObject',
  'HEAD object': 'HeadObject',
  'PUT object': 'PutObject',
  'DELETE object': 'DeleteObject',
};

/** Parameters that change nothing about which action it is. */
const ARGUMENTS =
  /^(x-id|X-Amz-.*|list-type|prefix|delimiter|encoding-type|max-.*|marker|key-marker|upload-id-marker|part-number-marker|continuation-token|start-after|fetch-owner|partNumber|response-.*)$/;

function operationOf(
  { method, query, headers }: S3Request,
  { bucket, key }: Pick<S3Call, 'bucket' | 'key'>,
): S3Operation | undefined {
  const target = bucket === '' ? 'account' : key === '' ? 'bucket' : 'object';
  const subResource = [...query.keys()].find((parameter) => !ARGUMENTS.test(parameter));
  if (subResource !== undefined) return SUB_RESOURCES[`${method} ${target} ${subResource}`];
  const operation = PLAIN[`${method} ${target}`];
  if (operation === 'ListObjects' && query.get('list-type') === '2') return 'ListObjectsV2';
  return operation === 'PutObject' && headers['x-amz-copy-source'] !== undefined ? 'CopyObject' : operation;
}
