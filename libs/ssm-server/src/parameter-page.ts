import { SsmError } from './ssm-error.ts';
import type { StoredParameter } from './parameter-store.ts';

/** One page of parameters that are sorted by name. A token holds the last name of the page before. */
export function parameterPage(
  parameters: readonly StoredParameter[],
  size: number,
  token: string | undefined,
): { items: StoredParameter[]; nextToken: string | undefined } {
  const [, after] = token === undefined ? [] : (/^after:(.+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? []);
  if (token !== undefined && after === undefined) {
    throw new SsmError('InvalidNextToken', 'The specified token is not valid.');
  }
  const left = after === undefined ? parameters : parameters.filter(({ name }) => name > after);
  const items = left.slice(0, size);
  const nextToken = left.length > size && Buffer.from(`after:${items.at(-1)?.name ?? ''}`).toString('base64url');
  return { items, nextToken: nextToken || undefined };
}
