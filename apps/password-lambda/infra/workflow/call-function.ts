import { ERROR_CODES, RETRYABLE_ERROR_CODES, type ErrorCode } from '@serverless-ops/job-schemas';
import type { State } from '@serverless-ops/workflow-kit';

/** How Step Functions reports that Lambda itself could not run a function: nothing of ours had begun. */
const LAMBDA_ERRORS = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
];

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
  /** Before a function that got lost is called again, in seconds. */
  readonly retryLostAfterSeconds: number;
  readonly next: string;
  /** Where an error goes that the function reports, and one that it cannot report any more. */
  readonly reported: string;
  readonly lost: string;
}

/** Calls a function of a job, again where that can help, and tells its own errors from everything else. */
export function callFunction(props: CallFunctionProps): State {
  const retry = (errors: readonly string[], intervalSeconds: number, maxAttempts: number): object => ({
    ErrorEquals: errors,
    IntervalSeconds: intervalSeconds,
    BackoffRate: 2,
    MaxAttempts: maxAttempts,
    MaxDelaySeconds: 120,
  });
  return {
    Type: 'Task',
    Resource: `arn:${props.partition}:states:::lambda:invoke`,
    // Lambda ends the function first, and says so more clearly.
    TimeoutSeconds: props.timeoutSeconds + 10,
    Parameters: { FunctionName: props.functionArn, ...props.payload },
    ResultSelector: { 'answer.$': '$.Payload' },
    ResultPath: props.resultPath,
    // Without jitter: a function that got lost must not be called before its traces are gone.
    Retry: [
      retry(LAMBDA_ERRORS, 2, 5),
      retry(RETRYABLE_ERROR_CODES, 10, 2),
      retry(LOST_ERRORS, props.retryLostAfterSeconds, 2),
    ],
    Catch: [
      { ErrorEquals: Object.keys(ERROR_CODES) as ErrorCode[], ResultPath: '$.caught', Next: props.reported },
      { ErrorEquals: ['States.ALL'], ResultPath: '$.caught', Next: props.lost },
    ],
    Next: props.next,
  };
}
