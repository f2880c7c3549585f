import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JOB_STATES, models } from '../models.ts';
import { withGeneratedRegions } from './generated-regions.ts';
import { pageTables } from './page-tables.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/api.md'), 'utf8');

/** First cells of the table that begins with these headings, without code marks. */
function firstColumn(...headings: string[]): (string | undefined)[] {
  const rows = page.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
  const start = rows.findIndex((row) => row.join() === headings.join());
  const length = rows.slice(start).findIndex((row) => row.length === 0);
  return rows.slice(start + 2, start + length).map(([cell]) => cell);
}

describe('docs/api.md', () => {
  it('has the tables of jobs, options, error codes and problems that follow from the schemas', () => {
    if (page !== withGeneratedRegions(page, pageTables())) {
      throw new Error(
        'A table of docs/api.md is not what the schemas say. To write it, run: npx nx write-page api-contract',
      );
    }
  });

  it('lists every state, and every field of a job', () => {
    expect(firstColumn('state', 'meaning')).toEqual(JOB_STATES);
    expect(firstColumn('field', 'when', 'what')).toEqual(Object.keys(models()['Job']?.properties ?? {}));
  });
});
