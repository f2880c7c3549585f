import { ERROR_CODES, RETRYABLE_ERROR_CODES, type ErrorCode } from '@serverless-ops/job-schemas';
import type { State } from '@serverless-ops/workflow-kit';

/**
 * How Step Functions reports that Lambda itself could not run a function: our code had not begun. It puts `Lambda.`
 * before the name of the error (its guide, "Handle transient Lambda service exceptions").
 */
const LAMBDA_ERRORS = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
];

/**
 * The errors of Lambda's Invoke (its API reference) for a function in a VPC that is not ready to run. After weeks without
 * a call Lambda takes the function's network interfaces away, sets its state to Inactive, and fails the first call with
 * ResourceNotReadyException while it makes new ones. The others are EC2's limits of the moment, and an update of the
 * function under way.
 */
const NOT_READY_ERRORS = [
  'Lambda.ResourceNotReadyException',
  'Lambda.ResourceConflictException',
  'Lambda.EC2ThrottledException',
  'Lambda.EC2UnexpectedException',
  'Lambda.ENILimitReachedException',
  'Lambda.ENINotReadyException',
  'Lambda.SubnetIPAddressLimitReachedException',
];

/** The same for what does not pass by itself: rights, settings and the package of the function. */
const CANNOT_RUN_ERRORS = [
  'Lambda.EC2AccessDeniedException',
  'Lambda.InvalidSecurityGroupIDException',
  'Lambda.InvalidSubnetIDException',
  'Lambda.KMSAccessDeniedException',
  'Lambda.KMSDisabledException',
  'Lambda.KMSInvalidStateException',
  'Lambda.KMSNotFoundException',
  'Lambda.ResourceNotFoundException',
];

/** 10, 20, 40, and five times 60 s: 370 s in all. New interfaces take Lambda "several minutes" at worst. */
const NOT_READY_RETRIES = { intervalSeconds: 10, maxAttempts: 8, maxDelaySeconds: 60 };

/** How it reports a function that began and did not end: out of time, out of memory, or crashed. */
const LOST_ERRORS = ['States.Timeout', 'Sandbox.Timedout', 'Lambda.Unknown', 'Runtime.ExitError'];

export interface CallFunctionProps {
  readonly partition: string;
  readonly functionArn: string;
  /** Of the function itself. */
  readonly timeoutSeconds: number;
  /** What the function is handed, as a States Language payload template or, under `Payload.$`, a path. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Where its answer goes. */
  readonly resultPath: string;
  /** Before a function that got lost, or reported an error that may pass, is called again, in seconds. */
  readonly retryAfterSeconds: number;
  readonly next: string;
  /** Where an error goes that the function reports, and one that it cannot report any more. */
  readonly reported: string;
  readonly lost: string;
  /** Where it goes when Lambda could not start the function: nothing was done. */
  readonly notStarted: string;
}

/** Calls a function of a job, again where that can help, and tells its own errors from everything else. */
export function callFunction(props: CallFunctionProps): State {
  const retry = (
    errors: readonly string[],
    intervalSeconds: number,
    maxAttempts: number,
    maxDelaySeconds = 120,
  ): object => ({
    ErrorEquals: errors,
    IntervalSeconds: intervalSeconds,
    BackoffRate: 2,
    MaxAttempts: maxAttempts,
    MaxDelaySeconds: maxDelaySeconds,
  });
  const { intervalSeconds, maxAttempts, maxDelaySeconds } = NOT_READY_RETRIES;
  return {
    Type: 'Task',
    Resource: `arn:${props.partition}:states:::lambda:invoke`,
    // Lambda ends the function first, and says so more clearly.
    TimeoutSeconds: props.timeoutSeconds + 10,
    Parameters: { FunctionName: props.functionArn, ...props.payload },
    ResultSelector: { 'answer.$': '$.Payload' },
    ResultPath: props.resultPath,
    // Without jitter: a function that got lost, or lost its connection, must not be called before its traces are gone.
    Retry: [
      retry(LAMBDA_ERRORS, 2, 5),
      retry(NOT_READY_ERRORS, intervalSeconds, maxAttempts, maxDelaySeconds),
      retry(RETRYABLE_ERROR_CODES, props.retryAfterSeconds, 2),
      retry(LOST_ERRORS, props.retryAfterSeconds, 2),
    ],
    Catch: [
      { ErrorEquals: Object.keys(ERROR_CODES) as ErrorCode[], ResultPath: '$.caught', Next: props.reported },
      {
        ErrorEquals: [...LAMBDA_ERRORS, ...NOT_READY_ERRORS, ...CANNOT_RUN_ERRORS],
        ResultPath: '$.caught',
        Next: props.notStarted,
      },
      { ErrorEquals: ['States.ALL'], ResultPath: '$.caught', Next: props.lost },
    ],
    Next: props.next,
  };
}
