import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { JobError } from '@serverless-ops/job-schemas';
import { ENGINE_SCRIPT } from './engine-script.ts';

/** The file of a script that a job may order. Throws JobError InvalidRequest when there is none of that name. */
export async function findScript(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere && name !== ENGINE_SCRIPT) return file;
  const there = (await readdir(folder)).filter((each) => each !== ENGINE_SCRIPT).sort();
  throw new JobError(
    'InvalidRequest',
    `There is no script '${name}' in the worker's image. It has: ${there.join(', ')}. Order one of these, or add the ` +
      'script and deploy the worker.',
  );
}
