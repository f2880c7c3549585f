import { ERROR_CODES, MAX_CAUSE_BYTES, type ErrorCode } from './error-codes.ts';
import { cutToJsonBytes } from './json-bytes.ts';

/**
 * Thrown when a job cannot go on, for a reason on the closed list.
 *
 * The message is the cause an operator reads: what was being done, to what, what to do next. It holds no secret.
 */
export class JobError extends Error {
  override readonly name = 'JobError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(cutToJsonBytes(message, MAX_CAUSE_BYTES), options);
    this.code = code;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }

  /** Any thrown value as a `JobError`: one that already is stays itself, everything else becomes `InternalError`. */
  static from(thrown: unknown): JobError {
    if (thrown instanceof JobError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new JobError('InternalError', `Unexpected error: ${message}. Report it with the log of this job.`, {
      cause: thrown,
    });
  }
}
