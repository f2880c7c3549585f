import { z } from 'zod';
import { page, type Page } from '../../endpoint/page.ts';

/** Fields of every list request of Step Functions. */
export const pagingFields = { maxResults: z.int().min(0).max(1000).default(0), nextToken: z.string().optional() };

/** One page of a list; `maxResults` 0 stands for the default, as on AWS. */
export function pageOf<Item>(
  items: readonly Item[],
  { maxResults, nextToken }: { maxResults: number; nextToken?: string | undefined },
): Page<Item> {
  return page(items, { size: maxResults || 100, token: nextToken }, 'InvalidToken');
}
