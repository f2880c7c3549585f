import * as z from 'zod';
import { JOB_KINDS, JOB_NAMES, WORKER_JOB_NAMES, type JobName, type WorkerJobName } from './job-kinds.ts';

/** Schema of the orders of one kind; of several names, the union of theirs. */
type OrderSchema<Name extends JobName> = Name extends JobName
  ? z.ZodObject<{ job_name: z.ZodLiteral<Name>; job_options: (typeof JOB_KINDS)[Name]['options'] }, z.core.$strict>
  : never;

function orderSchema<Name extends JobName>(
  names: readonly Name[],
): z.ZodDiscriminatedUnion<[OrderSchema<Name>, ...OrderSchema<Name>[]], 'job_name'> {
  const orders = names.map((name) =>
    z.strictObject({ job_name: z.literal(name), job_options: JOB_KINDS[name].options }),
  );
  return z.discriminatedUnion('job_name', orders as unknown as [OrderSchema<Name>, ...OrderSchema<Name>[]]);
}

/** An order for a job of the worker. */
export const workerJobSchema = orderSchema<WorkerJobName>(WORKER_JOB_NAMES);

/**
 * What an order for a job looks like everywhere: API body, state machine input, CLI, schedule and event.
 * Parsing it fills in defaults and refuses unknown jobs, unknown options and wrong types, all listed.
 */
export const jobRequestSchema = orderSchema<JobName>(JOB_NAMES);

/** A job request as it arrives, defaults not filled in. */
export type JobRequest = z.input<typeof jobRequestSchema>;

/** A job of the worker that was checked, defaults filled in. */
export type WorkerJob = z.output<typeof workerJobSchema>;
