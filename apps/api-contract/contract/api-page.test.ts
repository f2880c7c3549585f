import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES, JOB_OPTIONS_SCHEMAS } from '@serverless-ops/job-schemas';
import { contractSchema } from './contract-schema.ts';
import { JOB_STATES, models } from './models.ts';
import { PROBLEMS } from './problems.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8');

/** Rows of the table that begins with these headings, cells without code marks. */
function table(...headings: string[]): string[][] {
  const rows = page.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
  const start = rows.findIndex((row) => row.join() === headings.join());
  const length = rows.slice(start).findIndex((row) => row.length === 0);
  return rows.slice(start + 2, start + length);
}

describe('docs/api.md', () => {
  it('lists every error code of a job', () => {
    expect(table('code', 'retried', 'meaning')).toEqual(
      Object.entries(ERROR_CODES).map(([code, { retryable, meaning }]) => [code, retryable ? 'yes' : 'no', meaning]),
    );
  });

  it('lists every kind of problem', () => {
    expect(table('type', 'status', 'title')).toEqual(
      Object.entries(PROBLEMS).map(([name, { status, title }]) => [
        `urn:problem-type:serverless-ops:${name}`,
        String(status),
        title,
      ]),
    );
  });

  it('lists every state, every field of a job, and every job', () => {
    const firstColumn = (rows: string[][]): (string | undefined)[] => rows.map(([cell]) => cell);
    expect(firstColumn(table('state', 'meaning'))).toEqual(JOB_STATES);
    expect(firstColumn(table('field', 'when', 'what'))).toEqual(Object.keys(models()['Job']?.properties ?? {}));
    expect(firstColumn(table('job_name', 'job_options'))).toEqual(Object.keys(JOB_OPTIONS_SCHEMAS));
  });

  it.each(table('job_name', 'job_options'))('names every option of %s, required ones first', (job, options = '') => {
    const { properties = {}, required = [] } = contractSchema(
      JOB_OPTIONS_SCHEMAS[job as keyof typeof JOB_OPTIONS_SCHEMAS],
    );
    const [must = '', may = ''] = options.split('; may have ');
    expect(must.split(', ').sort()).toEqual([...required].sort());
    const optional = Object.keys(properties).filter((name) => !required.includes(name));
    expect(
      may
        .match(/\w+/g)
        ?.filter((word) => word in properties)
        .sort(),
    ).toEqual(optional.sort());
  });
});
