import { z } from 'zod';
import { describeFargateMemoryProblem, FARGATE_CPU_UNITS } from './fargate-size.ts';
import { oneOf, section, text, wholeNumber } from './section.ts';

/** A part of Docker's grammar: a tag that moves by its nature is refused, a name without a tag means the same. */
const IMAGE = /^(?!.*:latest$)[a-z0-9][a-z0-9._/:-]*(:[\w.-]+|@sha256:[0-9a-f]{64})$/;

/** The two levels of a database's path in Parameter Store, neither of them `.` or `..`. */
const DATABASE = /^(?!\.{1,2}\/)[A-Za-z0-9_.-]{1,64}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,64}$/;

const size = {
  cpu: oneOf(FARGATE_CPU_UNITS).optional(),
  memory_mib: z.int({ error: 'a number of MiB that Fargate offers' }).optional(),
  timeout_hours: wholeNumber(1, 168).optional(),
};

export const databaseNames = z.array(text(DATABASE, 'a database as db_name/db_env, such as classicmodels/demo'), {
  error: 'a list of databases, each as db_name/db_env',
});

const ownSettings = section({
  ...size,
  databases: databaseNames.min(1, { error: 'at least one database; leave the key out for all' }).optional(),
});

/** Jobs of the worker, and what the task of each is given unless the settings say otherwise. */
export type DefaultSizes = Readonly<Record<string, { readonly cpu: number; readonly memoryMib: number }>>;

/**
 * Tasks of the worker: what they run on, how large they are, and which jobs are of another size.
 *
 * @param knownJobs the jobs there are, told by who reads the file: if this package knew them, every new job would be a
 * change to every stack. Absent: neither names of jobs nor sizes are checked.
 */
export function mysqlWorkerSchema(knownJobs: DefaultSizes | undefined) {
  const jobName = z.string().refine((job) => knownJobs === undefined || job in knownJobs, {
    error: `one of the worker's jobs: ${Object.keys(knownJobs ?? {}).join(', ')}`,
  });
  return section({
    ...size,
    cpu_architecture: oneOf(['arm64', 'x86_64']).default('arm64'),
    capacity: oneOf(['on_demand', 'spot']).default('on_demand'),
    base_image: text(
      IMAGE,
      'an image with its tag (not latest) or digest, such as public.ecr.aws/docker/library/node:24.21.0-bookworm-slim',
    ).optional(),
    image_revision: text(
      /^[\w.-]{1,64}$/,
      'up to 64 letters, digits, "_", "." and "-", such as a date in quotes',
    ).optional(),
    jobs: z
      .record(jobName, ownSettings, {
        error: 'a group of jobs, each a group with cpu, memory_mib, timeout_hours or databases',
      })
      .default({}),
  }).superRefine((worker, context) => {
    const problems = new Map<string, string>();
    for (const [job, defaults] of Object.entries(knownJobs ?? {})) {
      const own = worker.jobs[job];
      const message = describeFargateMemoryProblem(
        own?.cpu ?? worker.cpu ?? defaults.cpu,
        own?.memory_mib ?? worker.memory_mib ?? defaults.memoryMib,
      );
      const hasOwnSize = own?.cpu !== undefined || own?.memory_mib !== undefined;
      if (message !== undefined) problems.set(hasOwnSize ? `jobs.${job}` : '', message);
    }
    for (const [path, message] of problems) {
      context.addIssue({ code: 'custom', path: [...path.split('.').filter(Boolean), 'memory_mib'], message });
    }
  });
}
