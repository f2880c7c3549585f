import { apiTables } from './api-tables.ts';
import { purposeTable } from './purpose-table.ts';

/** The pages with generated regions, by their paths in the repository: each region's text by its name. */
export function generatedPages(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return {
    'docs/api.md': apiTables(),
    'docs/deploy.md': { 'purposes of jobs': purposeTable() },
  };
}
