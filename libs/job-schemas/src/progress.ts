import * as z from 'zod';

/**
 * How far a running job is. `bytes` counts what was read from the database, `of_bytes` estimates the whole from the
 * server's own statistics (absent when it has none); so the share of the two is an estimate and may pass 1.
 */
export const jobProgressSchema = z.strictObject({
  phase: z.enum(['starting', 'dumping', 'storing', 'running']),
  rows: z.int().nonnegative().optional(),
  bytes: z.int().nonnegative().optional(),
  of_bytes: z.int().positive().optional(),
  eta_seconds: z.int().nonnegative().optional(),
  updated_at: z.iso.datetime(),
});

export type JobProgress = z.output<typeof jobProgressSchema>;
