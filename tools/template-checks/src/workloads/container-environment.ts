/** What a task definition may set: where things are, how a connection is protected, what is allowed. Nothing of a job. */
export const TASK_DEFINITION_VARIABLES: readonly string[] = [
  'PARAMETER_PREFIX',
  'JOBS_TABLE',
  'DATABASE_TLS',
  'RESTORE_ALLOW_OVERWRITE',
];

/**
 * What a state machine may set for one job: which job it is, and how to report. Who may describe the task reads it, so
 * the worker gets host, user and password from Parameter Store itself. The token ends with the job.
 */
export const OVERRIDE_VARIABLES: readonly string[] = [
  'TASK_TOKEN_ENV_VARIABLE',
  'JOB_ID',
  'EXECUTION_ARN',
  'JOB_NAME',
  'DB_NAME',
  'DB_ENV',
];
