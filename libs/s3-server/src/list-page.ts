import { S3Error } from './s3-error.ts';

/** One page of keys: those themselves, and the folders that a delimiter makes of the rest. */
export interface ListPage {
  keys: string[];
  prefixes: string[];
  /** The last key or folder of the page when there are more; the next page begins after it. */
  next: string | undefined;
}

/** The most entries of one page. */
const MAX_ENTRIES = 1000;

/** Reads `max-keys` and its like. */
export function pageSize(text: string | null): number {
  const size = Number(text ?? MAX_ENTRIES);
  if (!Number.isInteger(size) || size < 0) {
    throw new S3Error('InvalidArgument', 'Provided max-keys not an integer or within integer range');
  }
  return Math.min(size, MAX_ENTRIES);
}

/** Cuts sorted keys into a page, after a key or folder that an earlier page ended with. */
export function listPage(
  keys: readonly string[],
  { prefix, delimiter, after, size }: { prefix: string; delimiter: string; after: string; size: number },
): ListPage {
  const page: ListPage = { keys: [], prefixes: [], next: undefined };
  let last = '';
  for (const key of keys) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const entry = end === -1 ? key : key.slice(0, end + delimiter.length);
    const isListed = after !== '' && (isNotAfter(entry, after) || (delimiter !== '' && entry === after));
    if (isListed || (end !== -1 && page.prefixes.at(-1) === entry)) continue;
    if (page.keys.length + page.prefixes.length >= size) {
      // An empty page asked for has no next one.
      return size === 0 ? page : { ...page, next: last };
    }
    (end === -1 ? page.keys : page.prefixes).push(entry);
    last = entry;
  }
  return page;
}

const isNotAfter = (key: string, other: string): boolean => Buffer.compare(Buffer.from(key), Buffer.from(other)) <= 0;
