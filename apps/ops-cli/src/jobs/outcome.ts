import { formatTable } from '../table.ts';
import type { JobStatus } from './jobs.ts';

/** How a job ended, for a person: its result as a table, or its error with the cause. */
export function describeOutcome({ id, job_name = 'The job', state, result, error }: JobStatus): string {
  if (state === 'SUCCEEDED') {
    const rows = Object.entries(result ?? {}).map(([name, value]) => [name, shown(value)]);
    return `${job_name} ${id} is complete.\n${formatTable(rows)}`;
  }
  const what = error === undefined ? state : `${state}, ${error.code}`;
  return `${job_name} ${id} did not succeed: ${what}.\n${error?.cause === undefined ? '' : `${error.cause}\n`}`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(shown).join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
