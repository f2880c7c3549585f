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

  it.each(['x', '"', '\n', '界', '😀', '\u0000'])('cuts a cause full of %j to 16 KiB of JSON', (character) => {
    const { message } = new JobError('ScriptFailed', character.repeat(40_000));
    const bytes = Buffer.byteLength(JSON.stringify(message));
    expect(bytes).toBeLessThanOrEqual(16 * 1024);
    expect(bytes).toBeGreaterThan(16 * 1024 - 6);
  });
});
