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
  DatabaseUnreachable: { retryable: true, meaning: 'No connection to the database server could be made.' },
  DatabaseNotFound: { retryable: false, meaning: 'The server has no database of that name.' },
  AccessDenied: {
    retryable: false,
    meaning: 'The database server or an AWS service refused the credentials or the action.',
  },
  ConnectionLost: { retryable: true, meaning: 'The database server went away while the job was running.' },
  DumpFailed: { retryable: false, meaning: 'The dump ended with an error, or without proof that it is complete.' },
  BucketNotFound: { retryable: false, meaning: 'The bucket for backups does not exist.' },
  UploadFailed: { retryable: true, meaning: 'Storing the backup failed; what had been stored was removed.' },
  ScriptFailed: { retryable: false, meaning: 'The script ended with an exit code other than 0, or by a signal.' },
  AccountNotFound: { retryable: false, meaning: 'The server has no account of that name.' },
  PasswordRefused: { retryable: false, meaning: "The server's rules for passwords refuse the new one." },
  PasswordUnproven: {
    retryable: false,
    meaning: 'A login with the password that the server should have failed; it stands in Parameter Store.',
  },
  ChangeInProgress: { retryable: false, meaning: 'Another job is changing the password of the same account.' },
  Stopped: { retryable: false, meaning: 'The task was told to stop (SIGTERM) and cleaned up after itself.' },
  WorkerLost: {
    retryable: false,
    meaning: 'The container or function ended, or went silent, without reporting a result.',
  },
  InternalError: { retryable: false, meaning: 'A fault of ours: report it with the log of the job.' },
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
