import { JobError } from './job-error.ts';

describe('JobError', () => {
  it('keeps an error that is one already', () => {
    const error = new JobError('DumpFailed', 'The dump ended with exit code 2.');
    expect(JobError.from(error)).toBe(error);
  });

  it('makes everything else an InternalError that keeps its cause', () => {
    const cause = new TypeError('x is not a function');
    const error = JobError.from(cause);
    expect([error.code, error.cause, error.message]).toEqual([
      'InternalError',
      cause,
      'Unexpected error: x is not a function. Report it with the log of this job.',
    ]);
  });

  it('knows whether trying again may help', () => {
    expect(new JobError('DatabaseUnreachable', '').retryable).toBe(true);
    expect(new JobError('AccessDenied', '').retryable).toBe(false);
  });

  it('cuts a cause to what Step Functions takes', () => {
    expect(new JobError('ScriptFailed', 'x'.repeat(40_000)).message).toHaveLength(32_768);
  });
});
