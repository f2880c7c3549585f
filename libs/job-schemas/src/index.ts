export { backupManifestSchema, MANIFEST_VERSION, type BackupManifest } from './backup-manifest.ts';
export { dbBackupOptionsSchema, dbBackupResultSchema, type DbBackupOptions, type DbBackupResult } from './db-backup.ts';
export { describeProblems } from './describe-problems.ts';
export { ERROR_CODES, MAX_CAUSE_BYTES, RETRYABLE_ERROR_CODES, type ErrorCode } from './error-codes.ts';
export { cutToJsonBytes, jsonBytes } from './json-bytes.ts';
export { JobError } from './job-error.ts';
export {
  JOB_NAMES,
  JOB_OPTIONS_SCHEMAS,
  jobRequestSchema,
  WORKER_JOB_NAMES,
  workerJobSchema,
  type JobName,
  type JobRequest,
  type WorkerJob,
  type WorkerJobName,
} from './job-request.ts';
export {
  ORPHANED_LOCK_SECONDS,
  passwordChangeOptionsSchema,
  passwordChangeResultSchema,
  type PasswordChangeOptions,
  type PasswordChangeResult,
} from './password-change.ts';
export { jobProgressSchema, type JobProgress } from './progress.ts';
export {
  MAX_LAST_LINES_BYTES,
  runScriptOptionsSchema,
  runScriptResultSchema,
  type RunScriptOptions,
  type RunScriptResult,
} from './run-script.ts';
