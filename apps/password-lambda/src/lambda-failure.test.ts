import { JobError } from '@serverless-ops/job-schemas';
import { lambdaFailure } from './lambda-failure.ts';

test('becomes the error and the cause that Step Functions sees, with secrets hidden', () => {
  const thrown = new JobError('AccessDenied', 'The password hunter22 was refused.', { cause: new Error('hunter22') });

  const failure = lambdaFailure(thrown, (text) => text.replaceAll('hunter22', '***'));

  expect(failure.name).toBe('AccessDenied');
  expect(failure.message).toBe('The password *** was refused.');
  expect(failure.stack).toBe('AccessDenied: The password *** was refused.');
  expect(failure.cause).toBeUndefined();
});

test('is an InternalError for an error without a code', () => {
  const failure = lambdaFailure(new TypeError('x is not a function'), (text) => text);

  expect(failure.name).toBe('InternalError');
  expect(failure.message).toBe('Unexpected error: x is not a function. Report it with the log of this job.');
});
