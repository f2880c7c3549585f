import { z } from 'zod';
import { describeFargateMemoryProblem, FARGATE_CPU_UNITS } from './fargate-size.ts';
import { oneOf, section, text, wholeNumber } from './section.ts';

const cpu = oneOf(FARGATE_CPU_UNITS);
const memoryMib = z.int({ error: 'a number of MiB that Fargate offers' });
const timeoutHours = wholeNumber(1, 168);

/** A part of Docker's grammar: a tag that moves by its nature is refused, a name without a tag means the same. */
const IMAGE = /^(?!.*:latest$)[a-z0-9][a-z0-9._/:-]*(:[\w.-]+|@sha256:[0-9a-f]{64})$/;

/** The two levels of a database's path in Parameter Store, neither of them `.` or `..`. */
const DATABASE = /^(?!\.{1,2}\/)[A-Za-z0-9_.-]{1,64}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,64}$/;

const ownSize = section({
  cpu: cpu.optional(),
  memory_mib: memoryMib.optional(),
  timeout_hours: timeoutHours.optional(),
  databases: z
    .array(text(DATABASE, 'a database as db_name/db_env, such as classicmodels/demo'), {
      error: 'a list of databases, each as db_name/db_env',
    })
    .min(1, { error: 'at least one database; leave the key out for all' })
    .optional(),
});

/**
 * Tasks of the worker: what they run on, how large they are, and which jobs are of another size.
 *
 * @param knownJobs the jobs there are, told by who reads the file: if this package knew them, every new job would be a
 * change to every stack. Absent: names of jobs are not checked.
 */
export function mysqlWorkerSchema(knownJobs: readonly string[] | undefined) {
  const jobName = z.string().refine((job) => knownJobs?.includes(job) ?? true, {
    error: `one of the worker's jobs: ${knownJobs?.join(', ') ?? ''}`,
  });
  return section({
    cpu: cpu.default(1024),
    memory_mib: memoryMib.default(2048),
    timeout_hours: timeoutHours.default(6),
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
      .record(jobName, ownSize, {
        error: 'a group of jobs, each a group with cpu, memory_mib, timeout_hours or databases',
      })
      .default({}),
  }).superRefine((worker, context) => {
    check({}, []);
    for (const [job, own] of Object.entries(worker.jobs)) check(own, ['jobs', job]);

    function check(own: z.output<typeof ownSize>, path: readonly string[]): void {
      const message = describeFargateMemoryProblem(own.cpu ?? worker.cpu, own.memory_mib ?? worker.memory_mib);
      if (message !== undefined) context.addIssue({ code: 'custom', path: [...path, 'memory_mib'], message });
    }
  });
}
