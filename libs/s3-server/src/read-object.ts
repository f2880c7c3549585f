import { isUnchanged } from './conditions.ts';
import { readPartNumber } from './multipart-upload.ts';
import type { S3Answer } from './s3-answer.ts';
import type { S3Call } from './s3-call.ts';
import { S3Error } from './s3-error.ts';
import { requireObject, type S3Action } from './s3-exchange.ts';
import type { ByteRange } from './stored-bytes.ts';
import type { StoredObject } from './stored-object.ts';

export const getObject: S3Action = (exchange) => readObject(exchange.call, requireObject(exchange));

export const headObject: S3Action = (exchange) => {
  const { status, headers } = readObject(exchange.call, requireObject(exchange));
  return { status, headers };
};

function readObject(call: S3Call, object: StoredObject): S3Answer {
  const { headers, query } = call;
  const { bytes, etag, modifiedAt } = object;
  const validators = { etag, 'last-modified': modifiedAt.toUTCString() };
  if (isUnchanged(headers, object)) return { status: 304, headers: validators };

  const part = query.get('partNumber');
  if (part !== null && headers['range'] !== undefined) {
    throw new S3Error('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  }
  const range =
    part === null ? parseRange(headers['range'], bytes.sizeBytes) : rangeOfPart(object, readPartNumber(part));
  const { first, last } = range ?? { first: 0, last: bytes.sizeBytes - 1 };
  return {
    status: range ? 206 : 200,
    headers: {
      ...object.headers,
      ...overrides(query),
      ...validators,
      'accept-ranges': 'bytes',
      'content-length': String(last - first + 1),
      ...(range && { 'content-range': `bytes ${first}-${last}/${bytes.sizeBytes}` }),
      ...(part !== null && object.isMultipart && { 'x-amz-mp-parts-count': String(bytes.files.length) }),
      ...(!range && headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' && checksumHeaders(object)),
    },
    body: bytes.read({ first, last }),
  };
}

/** Headers that tell an object's checksum. */
export function checksumHeaders({ checksum }: Pick<StoredObject, 'checksum'>): Record<string, string> {
  if (!checksum) return {};
  return { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, 'x-amz-checksum-type': checksum.type };
}

/** Reads one range of a `Range` header; undefined, which means the whole object, when S3 would not heed it. */
function parseRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  const first = from === '' ? Math.max(sizeBytes - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (first > last) throw new S3Error('InvalidRange');
  return { first, last };
}

function rangeOfPart({ bytes }: StoredObject, number: number): ByteRange {
  const file = bytes.files[number - 1];
  if (!file) throw new S3Error('InvalidRange');
  const first = bytes.files.slice(0, number - 1).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { first, last: first + file.sizeBytes - 1 };
}

/** `response-content-type=...` and its like take the place of what the object has. */
function overrides(query: URLSearchParams): Record<string, string> {
  const given = [...query].filter(([name]) => name.startsWith('response-'));
  return Object.fromEntries(given.map(([name, value]) => [name.slice('response-'.length), value]));
}
