import type { Checksum, ChecksumType } from './checksum.ts';
import type { StoredBytes } from './stored-bytes.ts';

/** An object as it is stored. */
export interface StoredObject {
  bytes: StoredBytes;
  /** With its quotes. */
  etag: string;
  modifiedAt: Date;
  /** Headers that S3 keeps and gives back: `content-type`, `x-amz-meta-*`, ... */
  headers: Readonly<Record<string, string>>;
  checksum: (Checksum & { type: ChecksumType }) | undefined;
  /** Whether it was stored in parts. */
  isMultipart: boolean;
}

const KEPT =
  /^(content-type|content-encoding|content-disposition|content-language|cache-control|expires|x-amz-meta-.*|x-amz-server-side-encryption|x-amz-server-side-encryption-aws-kms-key-id|x-amz-storage-class|x-amz-website-redirect-location)$/;

/** Those of a request's headers that belong to the object. */
export function objectHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT.test(name)));
  const encodings = (kept['content-encoding'] ?? '').split(',').map((each) => each.trim());
  delete kept['content-encoding'];
  // `aws-chunked` is about the request, not about the object.
  const encoding = encodings.filter((each) => each !== '' && each !== 'aws-chunked').join(',');
  return {
    'content-type': 'binary/octet-stream',
    ...kept,
    ...(encoding && { 'content-encoding': encoding }),
  };
}
