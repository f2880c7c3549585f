import type { Json } from '../endpoint/service.ts';

/** What a function's process receives once, at its start. */
export interface Invocation {
  handler: string;
  codeDirectory: string;
  event: Json;
  context: {
    functionName: string;
    functionVersion: string;
    invokedFunctionArn: string;
    memoryLimitInMB: string;
    awsRequestId: string;
    logGroupName: string;
    logStreamName: string;
  };
  /** Unix milliseconds. */
  deadline: number;
}

/** What Lambda shows of an error that a function threw. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

/** What a function's process answers, once. */
export type Outcome = { result: Json } | { error: FunctionError };
