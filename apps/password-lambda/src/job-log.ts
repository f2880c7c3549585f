import { createJobLogger, type JobLogger } from '@serverless-ops/job-logging';
import * as z from 'zod';

const jobIdSchema = z.object({ job_id: z.string() });

/** The log of the job that an event belongs to, also when nothing else of the event can be read. */
export function jobLogFor(event: unknown): JobLogger {
  const { data } = jobIdSchema.safeParse(event);
  return createJobLogger({ fields: { job_id: data?.job_id ?? 'unknown', job_name: 'password_change' } });
}
