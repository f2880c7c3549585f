import { posix } from 'node:path';
import type { Page } from './page.ts';

/** The pages under the folder of an index page that the index does not link to. */
export function unlistedPages(index: string, pages: readonly Page[]): string[] {
  const folder = posix.dirname(index);
  const links = pages.find(({ path }) => path === index)?.links ?? [];
  const listed = new Set(links.map(({ text }) => posix.join(folder, text.split('#')[0] ?? '')));
  return pages
    .map(({ path }) => path)
    .filter((path) => path.startsWith(`${folder}/`) && path !== index && !listed.has(path));
}
