import { posix } from 'node:path';
import type { Page } from './page.ts';

export interface LinkTargets {
  /** Every page of the workspace. */
  readonly pages: readonly Page[];
  /** Tells whether the workspace has this file or folder; the path is relative to its root. */
  readonly exists: (path: string) => boolean;
}

/** Describes each link of a page to a file or an anchor that is not there. Links to other sites are not followed. */
export function brokenLinks(page: Page, { pages, exists }: LinkTargets): string[] {
  return page.links.flatMap(({ text, line }) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return [];
    const [file = '', anchor] = decodeURI(text).split('#');
    const path = file === '' ? page.path : posix.normalize(posix.join(posix.dirname(page.path), file));
    const where = `${page.path}:${line}: "${text}"`;
    if (path.startsWith('..')) return [`${where} leads out of the workspace.`];
    if (!exists(path)) return [`${where} leads to ${path}, which does not exist.`];
    if (anchor === undefined) return [];
    const target = pages.find((each) => each.path === path);
    if (target === undefined) return [`${where} has an anchor, but ${path} is no page.`];
    return target.anchors.has(anchor) ? [] : [`${where} leads to a heading that ${path} does not have.`];
  });
}
