import { StatesError } from '@serverless-ops/states-language';
import { AwsError } from '../../endpoint/aws-error.ts';

/** How an SDK client names what goes wrong at its service. */
export interface ErrorNaming {
  /** Before the dot: `ECS`, `Sfn`. */
  prefix: string;
  /** For errors that the service's own model does not know: `AmazonECSException`. */
  unmodeled: string;
  /** In the cause: `AmazonECS`. */
  service: string;
  /** Codes that are common to AWS, but that this service's model has as its own. */
  modeled?: readonly string[];
  /** Optimized integrations go through an older SDK, which writes its causes in another way. */
  optimized: boolean;
}

/** Errors every AWS service can answer; a service's model seldom has them. */
const COMMON_ERRORS = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InternalFailure',
  'InvalidAction',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'NotAuthorized',
  'NotImplemented',
  'OptInRequired',
  'RequestExpired',
  'ServiceUnavailable',
  'ThrottlingException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationError',
  'ValidationException',
]);

/** The error of a service as the state machine sees it; anything that is no AWS error is thrown on. */
export function toStatesError(error: unknown, naming: ErrorNaming, requestId: string): StatesError {
  if (!(error instanceof AwsError)) throw error;
  const { code, statusCode, message } = error;
  const modeled = !COMMON_ERRORS.has(code) || naming.modeled?.includes(code);
  const name = modeled ? `${code.replace(/Exception$/, '')}Exception` : naming.unmodeled;
  const details = naming.optimized
    ? `Service: ${naming.service}; Status Code: ${statusCode}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null`
    : `Service: ${naming.service}, Status Code: ${statusCode}, Request ID: ${requestId}`;
  return new StatesError(`${naming.prefix}.${name}`, `${message} (${details})`);
}
