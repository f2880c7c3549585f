import * as z from 'zod';

/**
 * How far a running job is. `rows` and `bytes` count what was dumped or restored, before compression; of a job that verifies, `bytes`
 * counts what it read of the bucket; `of_rows` and `of_bytes` estimate
 * the whole and are never below them. Each is absent while it is unknown, and so is the time left, `eta_seconds`.
 */
export const jobProgressSchema = z.strictObject({
  phase: z.enum(['starting', 'dumping', 'storing', 'verifying', 'restoring', 'comparing', 'running']),
  rows: z.int().nonnegative().optional(),
  bytes: z.int().nonnegative().optional(),
  of_rows: z.int().positive().optional(),
  of_bytes: z.int().positive().optional(),
  eta_seconds: z.int().nonnegative().optional(),
  updated_at: z.iso.datetime(),
});

export type JobProgress = z.output<typeof jobProgressSchema>;
