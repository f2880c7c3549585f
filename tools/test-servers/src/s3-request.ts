import type { IncomingMessage } from 'node:http';

/** The S3 operations that the scripted server knows, by AWS's names. */
export type S3Operation =
  | 'PutObject'
  | 'HeadObject'
  | 'GetObject'
  | 'ListObjectsV2'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload';

/** One request as it came over the wire, before its body is read. */
export interface S3Request {
  operation: S3Operation;
  bucket: string;
  key: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** Of UploadPart; 0 for every other operation. */
  partNumber: number;
}

/** What a path-style request asks for; undefined when the scripted server does not know the operation. */
export function readS3Request(message: IncomingMessage): S3Request | undefined {
  const url = new URL(message.url ?? '/', 'http://localhost');
  const [bucket = '', ...keyLevels] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  const operation = operationOf(message.method ?? '', url.searchParams);
  if (!operation) return undefined;
  return {
    operation,
    bucket,
    key: keyLevels.join('/'),
    query: url.searchParams,
    headers: message.headers,
    partNumber: operation === 'UploadPart' ? Number(url.searchParams.get('partNumber')) : 0,
  };
}

function operationOf(method: string, query: URLSearchParams): S3Operation | undefined {
  if (query.has('uploadId')) {
    if (method === 'PUT') return 'UploadPart';
    if (method === 'POST') return 'CompleteMultipartUpload';
    return method === 'DELETE' ? 'AbortMultipartUpload' : undefined;
  }
  if (method === 'POST') return query.has('uploads') ? 'CreateMultipartUpload' : undefined;
  if (method === 'GET') return query.get('list-type') === '2' ? 'ListObjectsV2' : 'GetObject';
  if (method === 'HEAD') return 'HeadObject';
  return method === 'PUT' ? 'PutObject' : undefined;
}

/** The bytes a body stands for: the SDK wraps a body of unknown content into `aws-chunked` (size, CRLF, data, CRLF). */
export function decodeBody(body: Buffer, headers: IncomingMessage['headers']): Buffer {
  if (!headers['content-encoding']?.includes('aws-chunked')) return body;
  const chunks: Buffer[] = [];
  for (let offset = 0; ;) {
    const lineEnd = body.indexOf('\r\n', offset);
    const sizeBytes = Number.parseInt(body.toString('latin1', offset, lineEnd), 16);
    if (!(sizeBytes > 0)) return Buffer.concat(chunks);
    chunks.push(body.subarray(lineEnd + 2, lineEnd + 2 + sizeBytes));
    offset = lineEnd + 2 + sizeBytes + 2;
  }
}
