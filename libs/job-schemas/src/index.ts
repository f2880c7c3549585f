export { backupManifestSchema, MANIFEST_VERSION, type BackupManifest } from './backup-manifest.ts';
export { BACKUP_ID_PATTERN, backupReferenceShape } from './backup-reference.ts';
export { CONSISTENCIES, type Consistency } from './consistency.ts';
export { drillRecordSchema, type DrillRecord, type DrillResult } from './drill-record.ts';
export { describeProblems } from './describe-problems.ts';
export { ERROR_CODES, MAX_CAUSE_BYTES, RETRYABLE_ERROR_CODES, type ErrorCode } from './error-codes.ts';
export { cutToJsonBytes, jsonBytes } from './json-bytes.ts';
export { JobError } from './job-error.ts';
export { STANDARD_TASK_SIZE, WORKER_PURPOSES, type JobKind, type TaskSize, type WorkerPurpose } from './job-kind.ts';
export {
  JOB_KINDS,
  JOB_NAMES,
  JOB_OPTIONS_SCHEMAS,
  WORKER_JOB_NAMES,
  WORKER_JOB_SIZES,
  type JobName,
  type JobOptions,
  type JobResult,
  type WorkerJobName,
} from './job-kinds.ts';
export { jobNameProblem } from './job-name.ts';
export { JOB_ROUTES, JOB_STATE_MACHINES, type JobStateMachine } from './job-state-machines.ts';
export { jobRequestSchema, workerJobSchema, type JobRequest, type WorkerJob } from './job-request.ts';
export { listedIncomplete } from './kinds/db-backup.ts';
export { listedBackups, listedNotes } from './kinds/db-prune.ts';
export { listedWarnings } from './kinds/db-restore.ts';
// By name, so that the bundles of the functions hold this kind alone, and a new kind of job does not change them.
export {
  ORPHANED_LOCK_SECONDS,
  passwordChangeOptionsSchema,
  passwordChangeResultSchema,
  type PasswordChangeOptions,
  type PasswordChangeResult,
} from './kinds/password-change.ts';
export { MAX_LAST_LINES_BYTES } from './kinds/run-script.ts';
export { pascalCase } from './pascal-case.ts';
export { jobProgressSchema, type JobProgress } from './progress.ts';
