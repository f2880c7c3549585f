import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { readPage, type Page } from './page.ts';

export const WORKSPACE_ROOT = join(import.meta.dirname, '..', '..', '..');

/** Where a reader finds pages. */
const PLACES = ['*.md', 'docs/**/*.md', 'examples/*.md', '.github/**/*.md', '{apps,libs,tools}/*/*.md'];

/** Every page of the workspace, in the order of their paths. */
export function readWorkspacePages(): Page[] {
  const paths = globSync(PLACES, { cwd: WORKSPACE_ROOT, exclude: (name) => name === 'node_modules' });
  return paths
    .sort()
    .map((path) => readPage(path.split(sep).join('/'), readFileSync(join(WORKSPACE_ROOT, path), 'utf8')));
}
