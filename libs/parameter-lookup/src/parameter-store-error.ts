import { JobError } from '@serverless-ops/job-schemas';

/** What AWS answers when it knows the caller and refuses, or when it does not accept the caller's credentials. */
const REFUSALS = [
  'AccessDeniedException',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'UnrecognizedClientException',
  'CredentialsProviderError',
];

/** Names that AWS's SDKs treat as throttling, and Parameter Store's own answer to two writes of one parameter at once. */
const THROTTLED = [
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'TooManyRequestsException',
  'TooManyUpdates',
  'KMSThrottlingException',
];

/** How Node and the SDK say that no connection could be made, or that no answer came. */
const NO_WAY = [
  'AbortError',
  'TimeoutError',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
];

const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_FAULT = 500;

interface AwsError {
  readonly name?: string;
  readonly code?: unknown;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: { readonly throttling?: boolean };
}

/**
 * A failed call to Parameter Store as a `JobError`; `doing` begins its sentence, as in `Reading /serverlessops/x`, and
 * `rights` are the ones that the call needs.
 */
export function parameterStoreError(thrown: unknown, doing: string, rights: string): JobError {
  const error: AwsError = thrown instanceof Error ? thrown : { message: String(thrown) };
  const { name = '', message = '' } = error;
  const failed = `${doing} failed: ${name === '' ? '' : `${name}: `}${message.replace(/\.$/, '')}.`;
  const options = { cause: thrown };
  if (REFUSALS.includes(name)) {
    const refused = `${doing} was refused: ${message.replace(/\.$/, '')}.`;
    return new JobError('AccessDenied', `${refused} Allow the job's role ${rights}.`, options);
  }
  if (isFaultOfTheMoment(error)) {
    const advice =
      'Order the job again a moment later, or order fewer jobs at once. ' +
      "If the error returns, raise Parameter Store's throughput in the settings of the account.";
    return new JobError('ServiceThrottled', `${failed} ${advice}`, options);
  }
  if (isNoWay(error)) {
    const advice =
      "Check that the job's subnets have a way to Parameter Store (a NAT gateway or a VPC endpoint) and can " +
      'resolve its name, then order the job again.';
    return new JobError('ServiceUnreachable', `${failed} ${advice}`, options);
  }
  return refusalOfTheParameter(name, failed, options) ?? unknown(failed, options);
}

function isFaultOfTheMoment({ name = '', $metadata, $retryable }: AwsError): boolean {
  const status = $metadata?.httpStatusCode ?? 0;
  return (
    THROTTLED.includes(name) ||
    $retryable?.throttling === true ||
    status === TOO_MANY_REQUESTS ||
    status >= FIRST_SERVER_FAULT
  );
}

/** The SDK wraps what it does not take for an error, and keeps the name in the message alone. */
function isNoWay({ name = '', code, message = '' }: AwsError): boolean {
  return NO_WAY.some((one) => one === name || one === code || message.includes(` ${one}`));
}

/** What Parameter Store refuses because of the parameter itself, or of its key. An operator can put each right. */
const ADVICE: Partial<Record<string, string>> = {
  InvalidKeyId: 'Check that the KMS key of the parameter exists and is enabled.',
  HierarchyTypeMismatchException: 'The parameter has another type. Delete it and order the job again.',
  ParameterLimitExceeded: "Delete unused parameters, or raise the account's limit of parameters.",
  ParameterMaxVersionLimitExceeded: "The parameter's oldest version has a label. Remove the label.",
  ParameterPatternMismatchException: 'The parameter was made with a pattern. Delete it and order the job again.',
};

function refusalOfTheParameter(name: string, failed: string, options: ErrorOptions): JobError | undefined {
  const advice = ADVICE[name];
  return advice === undefined ? undefined : new JobError('ParameterInvalid', `${failed} ${advice}`, options);
}

function unknown(failed: string, options: ErrorOptions): JobError {
  return new JobError('InternalError', `${failed} Report it with the log of this job.`, options);
}
