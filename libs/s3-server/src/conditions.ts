import { S3Error } from './s3-error.ts';
import type { StoredObject } from './stored-object.ts';

type Headers = Readonly<Record<string, string>>;

/** Throws `S3Error` unless the conditions of a write hold: `If-None-Match: *` and `If-Match: <etag>`. */
export function checkWriteConditions(headers: Headers, existing: StoredObject | undefined): void {
  const noneMatch = headers['if-none-match'];
  const match = headers['if-match'];
  if (noneMatch !== undefined) {
    if (noneMatch !== '*') throw new S3Error('NotImplemented');
    if (existing) throw new S3Error('PreconditionFailed');
  }
  if (match !== undefined) {
    if (!existing) throw new S3Error('NoSuchKey');
    if (!isAmong(match, existing.etag)) throw new S3Error('PreconditionFailed');
  }
}

/** Whether a read is to be answered with 304; throws `S3Error` for a condition that does not hold (RFC 9110, 13.2.2). */
export function isUnchanged(headers: Headers, { etag, modifiedAt }: StoredObject): boolean {
  // HTTP dates have whole seconds.
  const modifiedMs = Math.floor(modifiedAt.getTime() / 1000) * 1000;
  const match = headers['if-match'];
  if (match !== undefined) {
    if (!isAmong(match, etag)) throw new S3Error('PreconditionFailed');
  } else if (modifiedMs > Date.parse(headers['if-unmodified-since'] ?? '')) {
    throw new S3Error('PreconditionFailed');
  }
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined) return isAmong(noneMatch, etag);
  return modifiedMs <= Date.parse(headers['if-modified-since'] ?? '');
}

/** Whether a list of ETags has this one; clients send them with and without quotes. */
function isAmong(list: string, etag: string): boolean {
  return list.split(',').some((each) => each.trim() === '*' || unquoted(each) === unquoted(etag));
}

/** An ETag without the quotes around it. */
export const unquoted = (etag: string): string => etag.trim().replace(/^W\//, '').replaceAll('"', '');
