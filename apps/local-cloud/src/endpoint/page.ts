import { AwsError } from './aws-error.ts';

export interface Page<Item> {
  items: Item[];
  /** What the next call has to send; undefined on the last page. */
  nextToken: string | undefined;
}

/** One page of a list, by tokens that hold the position. Throws the given error for a token that no call was given. */
export function page<Item>(
  items: readonly Item[],
  { size, token }: { size: number; token: string | undefined },
  invalidTokenCode = 'InvalidNextToken',
): Page<Item> {
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8'));
  if (!Number.isInteger(start) || start < 0 || start > items.length) {
    throw new AwsError(invalidTokenCode, 'The specified token is not valid.');
  }
  const end = start + size;
  const nextToken = end < items.length ? Buffer.from(String(end)).toString('base64url') : undefined;
  return { items: items.slice(start, end), nextToken };
}
