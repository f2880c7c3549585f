/**
 * How a job can fail. The code is what Step Functions retries and catches on, what the API answers and what an
 * operator searches for, so it never changes its meaning and never leaves this list.
 *
 * `retryable` says whether the same request may succeed a little later without anybody acting: only these are
 * retried by the state machine.
 */
export const ERROR_CODES = {
  InvalidRequest: {
    retryable: false,
    meaning: 'The request names an unknown job or has missing, extra or wrong options.',
  },
  ParameterMissing: { retryable: false, meaning: 'A setting is neither in the environment nor in Parameter Store.' },
  ParameterInvalid: {
    retryable: false,
    meaning: 'A setting is a placeholder, malformed, or a secret that is not a SecureString.',
  },
  DatabaseUnreachable: { retryable: true, meaning: 'The job could not connect to the database server.' },
  DatabaseNotFound: { retryable: false, meaning: 'The server has no database of that name.' },
  AccessDenied: {
    retryable: false,
    meaning: 'The database server or an AWS service refused the credentials or the action.',
  },
  SessionSetupFailed: {
    retryable: false,
    meaning:
      'The login succeeded, but then the server refused the session, for example because of a broken init_connect.',
  },
  ServerReadOnly: {
    retryable: false,
    meaning: 'The database server takes no changes: it is a replica, an Aurora reader, or set to read-only.',
  },
  ServerUnsupported: {
    retryable: false,
    meaning: "The database server's version lacks what the job needs.",
  },
  ServiceThrottled: {
    retryable: true,
    meaning: 'An AWS service throttled the job, or had a temporary fault.',
  },
  ServiceUnreachable: {
    retryable: true,
    meaning: 'The job could not connect to an AWS service, or received no answer.',
  },
  ConnectionLost: { retryable: true, meaning: 'The job lost its connection to the database server.' },
  DatabaseBusy: {
    retryable: true,
    meaning: 'Other sessions changed the definitions of tables during the dump.',
  },
  DumpFailed: { retryable: false, meaning: 'The dump ended with an error, or without proof that it is complete.' },
  BucketNotFound: { retryable: false, meaning: 'The bucket for backups does not exist.' },
  UploadFailed: { retryable: true, meaning: 'The upload of the backup failed. The job removed what it had stored.' },
  BackupNotFound: { retryable: false, meaning: 'There is no backup of that id, or the database has none yet.' },
  BackupCorrupt: {
    retryable: false,
    meaning: 'An object of the backup is missing, or is not what the manifest says. The job used nothing of it.',
  },
  BackupUnreadable: {
    retryable: false,
    meaning: 'The manifest has a version that this worker does not read, or S3 has archived an object of the backup.',
  },
  TargetNotEmpty: {
    retryable: false,
    meaning: 'The database to restore into holds what the restore would replace. Nothing was changed.',
  },
  RestoreInProgress: {
    retryable: true,
    meaning: 'Another job is restoring into the same database, or a statement of an earlier restore is still in work.',
  },
  RestoreFailed: {
    retryable: false,
    meaning: 'The server refused a statement of the backup. The target is not whole, and is marked as such.',
  },
  RestoreDiffers: {
    retryable: false,
    meaning: 'What was restored is not what the backup has. The target is not whole, and is marked as such.',
  },
  ScriptFailed: { retryable: false, meaning: 'The script ended with an exit code other than 0, or by a signal.' },
  AccountNotFound: { retryable: false, meaning: 'The server has no account of that name.' },
  AccountNotRegistered: {
    retryable: false,
    meaning: 'Operations has not registered the account: its parameter "account" is missing.',
  },
  AccountProtected: {
    retryable: false,
    meaning: 'The account has the rights of an administrator or of replication, and is not registered as privileged.',
  },
  AccountUnusable: {
    retryable: false,
    meaning: 'The job cannot log in with the account from its subnets, so it did not change the password.',
  },
  PasswordRefused: { retryable: false, meaning: "The server's rules for passwords refuse the new password." },
  PasswordUnproven: {
    retryable: false,
    meaning: 'A login with the new password of the account failed. Parameter Store holds that password.',
  },
  ChangeInProgress: { retryable: false, meaning: 'Another job is changing the password of the same account.' },
  Stopped: {
    retryable: false,
    meaning: 'The task was stopped (SIGTERM) and removed what it had stored. A restore can be ordered again.',
  },
  TaskNotStarted: {
    retryable: false,
    meaning: 'ECS refused to start a task for the job, or had no capacity for it after several tries.',
  },
  WorkerLost: {
    retryable: false,
    meaning: 'The container or function ended, or hung, without a report.',
  },
  FunctionUnavailable: {
    retryable: false,
    meaning: 'Lambda could not start a function of the job for several minutes. The job changed nothing.',
  },
  InternalError: { retryable: false, meaning: 'An error inside Serverless Ops: report it with the log of the job.' },
} as const satisfies Record<string, { retryable: boolean; meaning: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** The codes a state machine retries: see {@link ERROR_CODES}. */
export const RETRYABLE_ERROR_CODES: readonly ErrorCode[] = (Object.keys(ERROR_CODES) as ErrorCode[]).filter(
  (code) => ERROR_CODES[code].retryable,
);

/**
 * Bytes that a cause takes as JSON in UTF-8. Step Functions refuses more than 32,768 characters (SendTaskFailure); at
 * half of that in bytes, a workflow and the answer of `GET /jobs/{id}` can hold it several times over.
 */
export const MAX_CAUSE_BYTES = 16 * 1024;
