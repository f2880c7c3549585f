import { JobError } from '@serverless-ops/job-schemas';

/**
 * Any thrown value as a function must throw it: Lambda gives name and message to Step Functions as error and cause,
 * and prints the stack, which says nothing beyond the message.
 */
export function lambdaFailure(thrown: unknown, redact: (text: string) => string): Error {
  const { code, message } = JobError.from(thrown);
  const failure = new Error(redact(message));
  failure.name = code;
  failure.stack = `${code}: ${failure.message}`;
  return failure;
}
