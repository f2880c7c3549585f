import { z } from 'zod';
import { dbBackupOptionsSchema } from './db-backup.ts';
import { runScriptOptionsSchema } from './run-script.ts';

/** Every job there is, with the schema of its options. A new job is added here and nowhere else. */
export const JOB_OPTIONS_SCHEMAS = {
  db_backup: dbBackupOptionsSchema,
  run_script: runScriptOptionsSchema,
} as const;

export type JobName = keyof typeof JOB_OPTIONS_SCHEMAS;

export const JOB_NAMES = Object.keys(JOB_OPTIONS_SCHEMAS) as [JobName, ...JobName[]];

/**
 * What an order for a job looks like everywhere: API body, state machine input, CLI, schedule and event.
 * Parsing it fills in defaults and refuses unknown jobs, unknown options and wrong types, all listed.
 */
export const jobRequestSchema = z.discriminatedUnion('job_name', [
  z.strictObject({ job_name: z.literal('db_backup'), job_options: dbBackupOptionsSchema }),
  z.strictObject({ job_name: z.literal('run_script'), job_options: runScriptOptionsSchema }),
]);

/** A job request as it arrives, defaults not filled in. */
export type JobRequest = z.input<typeof jobRequestSchema>;

/** A job request that was checked, defaults filled in. */
export type ValidatedJob = z.output<typeof jobRequestSchema>;
