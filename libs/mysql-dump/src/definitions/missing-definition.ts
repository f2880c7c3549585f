import { JobError } from '@serverless-ops/job-schemas';
import type { MadeObject } from './statement.ts';

/** What is listed and then has no definition: rights that the inventory did not miss, or a DROP meanwhile. */
export function missingDefinition({ kind, name }: MadeObject): JobError {
  return new JobError(
    'DumpFailed',
    `The server lists the ${kind.toLowerCase()} ${JSON.stringify(name)} and does not show its definition. ` +
      'The account lacks the right to see it, or it was changed during the backup. Check the grants, then order the job again.',
  );
}
