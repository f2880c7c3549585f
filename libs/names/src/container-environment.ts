/** Name of the worker's container in its task definition: callers of `aws ecs run-task` write it in `--overrides`. */
export const WORKER_CONTAINER_NAME = 'MysqlWorkerContainer';

/** The worker's environment. A caller may set the first group; the task definition sets the second. */
export const ENVIRONMENT = {
  taskToken: 'TASK_TOKEN_ENV_VARIABLE',
  jobId: 'JOB_ID',
  executionArn: 'EXECUTION_ARN',
  jobName: 'JOB_NAME',
  jobOptions: 'JOB_OPTIONS',
  dbName: 'DB_NAME',
  dbEnv: 'DB_ENV',
  dbHost: 'DB_HOST',
  dbPort: 'DB_PORT',
  dbUser: 'DB_USER',
  dbPass: 'DB_PASS',
  s3Bucket: 'S3_BUCKET',
  s3Path: 'S3_PATH',

  parameterPrefix: 'PARAMETER_PREFIX',
  jobsTable: 'JOBS_TABLE',
  databaseTls: 'DATABASE_TLS',
  /** Databases, as `db_name/db_env` with commas between, whose contents a restore may remove. */
  restoreAllowOverwrite: 'RESTORE_ALLOW_OVERWRITE',
  /** Set by the image: name of the user that scripts run as. Empty or absent: the worker's own. */
  scriptUser: 'SCRIPT_USER',
} as const;

/** As a task token: send no report. Callers of `aws ecs run-task` use it to try a job without a state machine. */
export const TASK_TOKEN_LOCALTEST = 'localtest';

/** As a database host: a dry run. The job takes every step, touches neither MySQL nor S3, and succeeds. */
export const DB_HOST_DRYRUN = 'dummy-dryrun';

/**
 * How a connection to a database outside this machine is protected. `verify`: TLS, certificate and host name checked.
 * `INSECURE_unverified`: TLS where the server offers it, and no check, so an attacker on the network can read everything.
 */
export const DATABASE_TLS_SETTINGS = ['verify', 'INSECURE_unverified'] as const;

export type DatabaseTlsSetting = (typeof DATABASE_TLS_SETTINGS)[number];
