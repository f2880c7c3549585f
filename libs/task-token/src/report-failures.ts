/** What Step Functions answers when it no longer waits for a token (API reference of SendTaskSuccess). */
const NO_LONGER_WAITING = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

/** The answers among them that a token also gets once its task was reported on. */
const MAY_BE_REPORTED_ALREADY = ['TaskTimedOut', 'TaskDoesNotExist'];

/** Network errors that come before a request has left this machine. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

interface AwsFailure {
  name?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

const asAwsFailure = (thrown: unknown): AwsFailure => thrown ?? {};

export function meansNoLongerWaiting(thrown: unknown): boolean {
  return NO_LONGER_WAITING.includes(asAwsFailure(thrown).name ?? '');
}

export function mayMeanReportedAlready(thrown: unknown): boolean {
  return MAY_BE_REPORTED_ALREADY.includes(asAwsFailure(thrown).name ?? '');
}

/** Whether Step Functions may have acted on a request that failed so: it was sent, and no answer says it was refused. */
export function mayHaveBeenApplied(thrown: unknown): boolean {
  const failure = asAwsFailure(thrown);
  const status = failure.$metadata?.httpStatusCode;
  return status === undefined ? !NEVER_SENT.includes(failure.code ?? '') : status >= 500;
}

/** Throttled, failed on their side, or cut off. Everything else is refused in the same way every time. */
export function isWorthRetrying(thrown: unknown): boolean {
  const failure = asAwsFailure(thrown);
  const status = failure.$metadata?.httpStatusCode;
  return status === undefined || status >= 500 || status === 429 || /Throttl|TooManyRequests/.test(failure.name ?? '');
}
