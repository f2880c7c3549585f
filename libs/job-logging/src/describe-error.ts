import { JobError } from '@serverless-ops/job-schemas';

/** Deep enough for every chain of causes that is worth reading; a chain that leads back to itself ends too. */
const MAX_DEPTH = 5;

/** What a log line says of an error. */
export interface DescribedError {
  type: string;
  code?: string | number;
  /** Absent where the error that it is the cause of says the same words. */
  message?: string;
  stack?: string;
  cause?: unknown;
  errors?: unknown[];
}

/**
 * Describes errors for a log line: the fields that are written for a reader, those of the causes included. What else
 * hangs on an error stays out: mysql2 puts the statement there, the AWS SDK the whole HTTP response.
 *
 * - An error of the closed list says in its message what an operator has to know, so neither it nor its causes have a
 *   stack. `InternalError` has the stack of its cause, because the cause is unexpected.
 * - What others wrote, which is every message but ours, passes through `redact`.
 */
export function createErrorDescriber(redact: (text: string) => string) {
  const describe = (thrown: unknown, expected: boolean, depth: number, outerMessage: string): unknown => {
    if (typeof thrown === 'string') return redact(thrown);
    if (!(thrown instanceof Error)) return thrown;
    const ours = thrown instanceof JobError;
    const unforeseen = ours ? thrown.code === 'InternalError' : !expected;
    const message = ours && !unforeseen ? thrown.message : redact(thrown.message);
    const described: DescribedError = { type: thrown.name };
    const code: unknown = 'code' in thrown ? thrown.code : undefined;
    if (typeof code === 'string' || typeof code === 'number') described.code = code;
    if (message === '' || !outerMessage.includes(message)) described.message = message;
    if (unforeseen && !ours) described.stack = redact(framesOf(thrown));
    if (depth >= MAX_DEPTH) return described;
    const { cause } = thrown;
    const inner = (error: unknown): unknown => describe(error, !unforeseen, depth + 1, message);
    if (cause instanceof Error || typeof cause === 'string') described.cause = inner(cause);
    if (thrown instanceof AggregateError) described.errors = thrown.errors.map(inner);
    return described;
  };

  return {
    /** An error as a field of a line. */
    describeError: (thrown: unknown): unknown => describe(thrown, false, 1, ''),
    /** The fields that a line about a failure has beside its message, which is that of the error. */
    describeFailure: (error: JobError): { error: string; cause?: unknown } => {
      const { cause } = describe(error, true, 1, '') as DescribedError;
      return { error: error.code, ...(cause !== undefined && { cause }) };
    },
  };
}

/** The stack without the lines that repeat type and message. */
function framesOf({ stack = '' }: Error): string {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return frames.map((frame) => frame.trim()).join('\n');
}
