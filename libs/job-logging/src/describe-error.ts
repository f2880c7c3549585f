/** Deep enough for every chain of causes that is worth reading; a chain that leads back to itself ends too. */
const MAX_DEPTH = 5;

/** What a log line says of an error. */
export interface DescribedError {
  type: string;
  code?: string | number;
  message: string;
  stack?: string;
  cause?: unknown;
  errors?: unknown[];
}

/**
 * The fields of an error that are written for a reader, those of its causes included. What else hangs on an error stays
 * out: mysql2 puts the statement there, the AWS SDK the whole HTTP response.
 */
export function describeError(thrown: unknown, depth = 1): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { name, message, stack, cause } = thrown;
  const code: unknown = 'code' in thrown ? thrown.code : undefined;
  const described: DescribedError = { type: name, message };
  if (typeof code === 'string' || typeof code === 'number') described.code = code;
  if (stack !== undefined) described.stack = stack;
  if (depth >= MAX_DEPTH) return described;
  if (cause instanceof Error || typeof cause === 'string') described.cause = describeError(cause, depth + 1);
  if (thrown instanceof AggregateError)
    described.errors = thrown.errors.map((error) => describeError(error, depth + 1));
  return described;
}
