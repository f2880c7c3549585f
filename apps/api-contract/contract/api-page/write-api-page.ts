import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withGeneratedRegions } from './generated-regions.ts';
import { pageTables } from './page-tables.ts';

const PAGE = join(import.meta.dirname, '../../../../docs/api.md');

writeFileSync(PAGE, withGeneratedRegions(readFileSync(PAGE, 'utf8'), pageTables()));
