import * as z from 'zod';
import { dbBackupOptionsSchema } from './db-backup.ts';
import { passwordChangeOptionsSchema } from './password-change.ts';
import { runScriptOptionsSchema } from './run-script.ts';

/** Every job there is, with the schema of its options. */
export const JOB_OPTIONS_SCHEMAS = {
  db_backup: dbBackupOptionsSchema,
  run_script: runScriptOptionsSchema,
  password_change: passwordChangeOptionsSchema,
} as const;

export type JobName = keyof typeof JOB_OPTIONS_SCHEMAS;

export const JOB_NAMES = Object.keys(JOB_OPTIONS_SCHEMAS) as [JobName, ...JobName[]];

/** The jobs that run in the worker's container. */
export const WORKER_JOB_NAMES = ['db_backup', 'run_script'] as const satisfies readonly JobName[];

export type WorkerJobName = (typeof WORKER_JOB_NAMES)[number];

const dbBackupSchema = z.strictObject({ job_name: z.literal('db_backup'), job_options: dbBackupOptionsSchema });
const runScriptSchema = z.strictObject({ job_name: z.literal('run_script'), job_options: runScriptOptionsSchema });
const passwordChangeSchema = z.strictObject({
  job_name: z.literal('password_change'),
  job_options: passwordChangeOptionsSchema,
});

/** An order for a job of the worker. */
export const workerJobSchema = z.discriminatedUnion('job_name', [dbBackupSchema, runScriptSchema]);

/**
 * What an order for a job looks like everywhere: API body, state machine input, CLI, schedule and event.
 * Parsing it fills in defaults and refuses unknown jobs, unknown options and wrong types, all listed.
 */
export const jobRequestSchema = z.discriminatedUnion('job_name', [
  dbBackupSchema,
  runScriptSchema,
  passwordChangeSchema,
]);

/** A job request as it arrives, defaults not filled in. */
export type JobRequest = z.input<typeof jobRequestSchema>;

/** A job of the worker that was checked, defaults filled in. */
export type WorkerJob = z.output<typeof workerJobSchema>;
