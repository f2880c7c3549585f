import type { HttpRequest } from '../endpoint/http-exchange.ts';

export interface S3Operation {
  /** Name of the API action: `UploadPart`. */
  name: string;
  bucket: string;
  /** Decoded; empty for an operation on a bucket or on all of them. */
  key: string;
}

/** Which action an S3 request is, and on what; undefined for one that this cloud does not know. */
export function findS3Operation(request: HttpRequest): S3Operation | undefined {
  const [bucket = '', ...key] = pathOf(request).split('/').slice(1);
  const operation = { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key.join('/')) };
  const name = nameOf(request, operation);
  return name === undefined ? undefined : { name, ...operation };
}

/** Path with the bucket in it, also where a client has put the bucket into the host name (`bucket.localhost`). */
export function pathOf({ path, headers }: HttpRequest): string {
  const bucket = /^(.+)\.localhost(?::\d+)?$/.exec(headers['host'] ?? '')?.[1];
  return bucket === undefined ? path : `/${bucket}${path}`;
}

/** Sub-resources of a bucket or object that name an action by themselves; any other is not known here. */
const SUB_RESOURCES: Readonly<Record<string, string>> = {
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

const PLAIN: Readonly<Record<string, string>> = {
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

function nameOf(
  { method, query, headers }: HttpRequest,
  { bucket, key }: Omit<S3Operation, 'name'>,
): string | undefined {
  const target = bucket === '' ? 'account' : key === '' ? 'bucket' : 'object';
  const subResource = [...query.keys()].find((parameter) => !ARGUMENTS.test(parameter));
  if (subResource !== undefined) return SUB_RESOURCES[`${method} ${target} ${subResource}`];
  const name = PLAIN[`${method} ${target}`];
  if (name === 'ListObjects' && query.get('list-type') === '2') return 'ListObjectsV2';
  return name === 'PutObject' && headers['x-amz-copy-source'] !== undefined ? 'CopyObject' : name;
}
