import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTree } from '@nx/devkit/testing';
import { WORKER_PURPOSES } from '@serverless-ops/job-schemas';
import { generateJob } from './generate-job.ts';

function refusal(name: string, files: readonly string[] = []): Promise<unknown> {
  const tree = createTree();
  for (const file of files) tree.write(file, '');
  return generateJob(tree, { name, purpose: 'backup' }).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
}

describe('the generator of kinds of job', () => {
  it.each([
    ['DbCheck', [], 'DbCheck cannot be the name of a job: it must be two words or more in snake_case'],
    ['db_backup', [], 'There is a job db_backup already: libs/job-schemas/src/job-kinds.ts lists them.'],
    ['define_job_kind', [], 'define_job_kind cannot be the name of a job: defineJobKind has another meaning in'],
    ['dry_run_backup', ['apps/mysql-worker/src/jobs/dry-run-backup.ts'], 'its file apps/mysql-worker/src/jobs/dry-run'],
  ])('refuses the name %s', async (name, files, message) => {
    expect(await refusal(name, files)).toContain(message);
  });

  it('takes the purposes that the worker has', () => {
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'generate-job.schema.json'), 'utf8')) as {
      properties: { purpose: { enum: string[] } };
    };

    expect(schema.properties.purpose.enum).toEqual(WORKER_PURPOSES);
  });
});
