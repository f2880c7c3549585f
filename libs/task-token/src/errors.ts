/**
 * Thrown when Step Functions no longer waits for this task: its time ran out, it was stopped, or a retry has taken its
 * place. The caller stops the work at once and leaves nothing behind that looks finished.
 */
export class TaskTokenExpiredError extends Error {
  override readonly name = 'TaskTokenExpiredError';

  constructor(options?: ErrorOptions) {
    super(
      'Step Functions no longer waits for this task: it timed out, was stopped, or was replaced by a retry',
      options,
    );
  }
}

/** Thrown when a report was refused, or could not be delivered in all its attempts. The reason is the `cause`. */
export class ReportFailedError extends Error {
  override readonly name = 'ReportFailedError';
}
