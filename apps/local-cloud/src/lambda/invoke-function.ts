import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Account } from '../endpoint/account.ts';
import type { Json } from '../endpoint/service.ts';
import { LineSplitter } from '../ecs/line-splitter.ts';
import type { SessionCredentials } from '../iam/session-credentials.ts';
import type { LambdaFunction } from './lambda-function.ts';
import type { FunctionError, Invocation, Outcome } from './runtime-messages.ts';

export interface InvokeOptions {
  account: Account;
  endpointUrl: () => string;
  issueCredentials: (roleArn: string, sessionName: string) => SessionCredentials;
  /** `runtime.ts`, or what it was built to. */
  runtimePath: string;
  path: string;
  writeLog: (target: LambdaFunction, streamName: string, line: string) => void;
  now: () => Date;
}

/** A function's answer: what it returned, or the error that it ended with. */
export type InvokeResult = { payload: Json } | { functionError: FunctionError };

/** Runs one invocation in a process of its own: always a cold start, so nothing is left from the one before. */
export function invokeFunction(target: LambdaFunction, event: Json, options: InvokeOptions): Promise<InvokeResult> {
  const requestId = randomUUID();
  const startedAt = options.now();
  const streamName = `${startedAt.toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${requestId.replaceAll('-', '')}`;
  const child = fork(options.runtimePath, {
    cwd: target.codeDirectory,
    env: { ...withoutEndpoints(target.environment), ...runtimeEnvironment(target, streamName, options) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  for (const output of [child.stdout, child.stderr]) {
    const splitter = new LineSplitter((line) => options.writeLog(target, streamName, line));
    output?.on('data', (chunk: Buffer) => splitter.write(chunk));
    output?.on('close', () => splitter.end());
  }
  const invocation: Invocation = {
    handler: target.handler,
    codeDirectory: target.codeDirectory,
    event,
    context: {
      functionName: target.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: target.arn,
      memoryLimitInMB: String(target.memoryMib),
      awsRequestId: requestId,
      logGroupName: target.logGroup,
      logStreamName: streamName,
    },
    deadline: startedAt.getTime() + target.timeoutSeconds * 1000,
  };
  child.send(invocation);

  return new Promise((resolve) => {
    let outcome: Outcome | undefined;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, target.timeoutSeconds * 1000);
    child.once('message', (message) => (outcome = message as Outcome));
    // With the end of its output, so that the log is whole before the answer is there.
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const result = asResult(outcome, requestId, timedOut ? target.timeoutSeconds : undefined, code ?? signal);
      if ('functionError' in result) options.writeLog(target, streamName, JSON.stringify(result.functionError));
      resolve(result);
    });
  });
}

function asResult(
  outcome: Outcome | undefined,
  requestId: string,
  timeoutSeconds: number | undefined,
  exit: number | string | null,
): InvokeResult {
  if (outcome) return 'error' in outcome ? { functionError: outcome.error } : { payload: outcome.result };
  const [errorType, what] =
    timeoutSeconds === undefined
      ? ['Runtime.ExitError', `Runtime exited with error: exit status ${exit ?? ''}`]
      : ['Sandbox.Timedout', `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`];
  return { functionError: { errorType, errorMessage: `RequestId: ${requestId} Error: ${what}`, trace: [] } };
}

/** A service that a function reaches by an endpoint of its own on AWS has the endpoint of all the others here. */
function withoutEndpoints(environment: LambdaFunction['environment']): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_ENDPOINT_URL_')));
}

function runtimeEnvironment(
  target: LambdaFunction,
  streamName: string,
  { account, endpointUrl, issueCredentials, path }: InvokeOptions,
): Record<string, string> {
  const credentials = issueCredentials(target.roleArn, target.name);
  return {
    PATH: path,
    TZ: ':UTC',
    AWS_REGION: account.region,
    AWS_DEFAULT_REGION: account.region,
    AWS_ENDPOINT_URL: endpointUrl(),
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: credentials.Token,
    AWS_LAMBDA_FUNCTION_NAME: target.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(target.memoryMib),
    AWS_LAMBDA_LOG_GROUP_NAME: target.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: streamName,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: target.codeDirectory,
    _HANDLER: target.handler,
  };
}
