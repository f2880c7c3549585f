import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPages } from './generated-pages.ts';
import { withGeneratedRegions } from './generated-regions.ts';

const WORKSPACE_ROOT = join(import.meta.dirname, '../../../..');

for (const [path, regions] of Object.entries(generatedPages())) {
  const file = join(WORKSPACE_ROOT, path);
  writeFileSync(file, withGeneratedRegions(readFileSync(file, 'utf8'), regions));
}
