import { JOB_KINDS, WORKER_JOB_NAMES, WORKER_PURPOSES } from '@serverless-ops/job-schemas';
import { markdownTable } from './markdown-table.ts';

/** Which jobs of the worker run under the role of each purpose. */
export function purposeTable(): string {
  return markdownTable(
    ['purpose', 'jobs'],
    WORKER_PURPOSES.map((purpose) => {
      const jobs = WORKER_JOB_NAMES.filter((job) => JOB_KINDS[job].purpose === purpose);
      return [`\`${purpose}\``, jobs.length > 0 ? jobs.map((job) => `\`${job}\``).join(', ') : 'none'];
    }),
  );
}
