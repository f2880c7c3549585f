export {
  DATABASE_TLS_SETTINGS,
  DB_HOST_DRYRUN,
  ENVIRONMENT,
  TASK_TOKEN_LOCALTEST,
  WORKER_CONTAINER_NAME,
  type DatabaseTlsSetting,
} from './container-environment.ts';
export {
  ACCOUNT_KINDS,
  DATABASE_ADMIN_PARAMETERS,
  DATABASE_PARAMETERS,
  databaseAdminParameterPath,
  databaseParameterPath,
  databaseUserParameterPath,
  foundationParameters,
  SECRET_DATABASE_PARAMETER,
  type AccountKind,
  type DatabaseParameter,
  type DatabaseUserParameter,
} from './parameter-paths.ts';
export { backupBucketName, JOB_ID_PATTERN, JOB_RECORD_SECONDS, resourceNames } from './resource-names.ts';
export { RESTORE_MARKER_TABLE } from './restore-marker.ts';
