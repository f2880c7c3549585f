import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JOB_STATES, models } from '../models.ts';
import { generatedPages } from './generated-pages.ts';
import { withGeneratedRegions } from './generated-regions.ts';

const WORKSPACE_ROOT = join(import.meta.dirname, '../../../..');
const page = readFileSync(join(WORKSPACE_ROOT, 'docs/api.md'), 'utf8');

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

describe.each(Object.entries(generatedPages()))('%s', (path, regions) => {
  it('has the tables that follow from the schemas', () => {
    const text = readFileSync(join(WORKSPACE_ROOT, path), 'utf8');

    if (text !== withGeneratedRegions(text, regions)) {
      throw new Error(
        `A table of ${path} is not what the schemas say. To write it, run: npx nx write-page api-contract`,
      );
    }
  });
});

describe('docs/api.md', () => {
  it('lists every state, and every field of a job', () => {
    expect(firstColumn('state', 'meaning')).toEqual(JOB_STATES);
    expect(firstColumn('field', 'when', 'what')).toEqual(Object.keys(models()['Job']?.properties ?? {}));
  });
});
