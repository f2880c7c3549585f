import { AwsError } from '../endpoint/aws-error.ts';

/** One page of a list, and the token for the next if there is one. `maxResults` 0 means the default, as on AWS. */
export function page<Item>(
  items: readonly Item[],
  { maxResults = 0, nextToken }: { maxResults?: number | undefined; nextToken?: string | undefined },
  defaultSize = 100,
): { items: Item[]; nextToken: string | undefined } {
  const start = nextToken === undefined ? 0 : readToken(nextToken);
  const end = start + (maxResults || defaultSize);
  return { items: items.slice(start, end), nextToken: end < items.length ? writeToken(end) : undefined };
}

const writeToken = (start: number): string => Buffer.from(`from ${start}`).toString('base64');

function readToken(token: string): number {
  const start = /^from (\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1];
  if (start === undefined) throw new AwsError('InvalidToken', `Invalid Token: '${token}'`);
  return Number(start);
}
