import { randomBytes } from 'node:crypto';
import type { Json } from '../json.ts';
import type { StatesError } from '../states-error.ts';

/** Thrown when a report names a token under which no task waits. */
export class TaskTokenError extends Error {
  /** The error of Step Functions' API. */
  readonly code: 'InvalidToken' | 'TaskDoesNotExist' | 'TaskTimedOut';

  constructor(code: TaskTokenError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** A task that waits for its worker to report. */
export interface PendingTask {
  readonly token: string;
  /** Settles with what the worker reports. */
  readonly reported: Promise<Json>;
  /** From now on the token is answered with `TaskTimedOut`. */
  close(): void;
}

export interface TaskTokens {
  /** A fresh token, good for one attempt. */
  issue(stateMachineArn: string, onHeartbeat: () => void): PendingTask;
  succeed(token: string, output: Json): void;
  fail(token: string, error: StatesError): void;
  heartbeat(token: string): void;
  /** Whose task a token is for, or undefined for one that never was: what permissions to report are checked against. */
  stateMachineArn(token: string): string | undefined;
}

interface Callback {
  stateMachineArn: string;
  open: boolean;
  resolve(output: Json): void;
  reject(error: StatesError): void;
  onHeartbeat(): void;
}

/** Tokens of AWS begin alike and have several hundred characters, which counts towards the limits of RunTask. */
const TOKEN_PREFIX = 'AQCIAAAAKgAAAAMAAAAAAAAAAQ';
const TOKEN_RANDOM_BYTES = 450;
const TOKEN_PATTERN = /^[A-Za-z0-9+/=]{600,2048}$/;

export function createTaskTokens(): TaskTokens {
  const callbacks = new Map<string, Callback>();

  function open(token: string): Callback {
    if (!TOKEN_PATTERN.test(token)) throw new TaskTokenError('InvalidToken', "Invalid Token: 'Invalid token'");
    const callback = callbacks.get(token);
    if (!callback) throw new TaskTokenError('TaskDoesNotExist', "Task Does Not Exist: 'Provided task does not exist'");
    if (callback.open) return callback;
    throw new TaskTokenError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }

  return {
    issue(stateMachineArn, onHeartbeat) {
      const token = TOKEN_PREFIX + randomBytes(TOKEN_RANDOM_BYTES).toString('base64');
      const { promise: reported, resolve, reject } = Promise.withResolvers<Json>();
      // The worker may report before anybody waits for it, or after the wait was given up.
      reported.catch(() => undefined);
      const callback: Callback = { stateMachineArn, open: true, resolve, reject, onHeartbeat };
      callbacks.set(token, callback);
      return { token, reported, close: () => void (callback.open = false) };
    },
    succeed(token, output) {
      const callback = open(token);
      callback.open = false;
      callback.resolve(output);
    },
    fail(token, error) {
      const callback = open(token);
      callback.open = false;
      callback.reject(error);
    },
    heartbeat: (token) => open(token).onHeartbeat(),
    stateMachineArn: (token) => callbacks.get(token)?.stateMachineArn,
  };
}
