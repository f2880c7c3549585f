/** Limits of AWS Lambda. */
export const LAMBDA_LIMITS = {
  /** Characters of a function's name: letters, digits, `_` and `-`. (model, CreateFunction.FunctionName) */
  functionNameCharacters: 64,
  /** Bytes of the payload of a synchronous call, and of its answer: "6 MB". (model, Invoke) */
  synchronousPayloadBytes: 6 * 1024 * 1024,
  /** Bytes of all environment variables of a function, names and values: "4 KB". (developer guide, "Quotas") */
  environmentBytes: 4096,
  /** Seconds that a function may run. (model, CreateFunction.Timeout) */
  timeoutSeconds: 900,
  /** Megabytes of memory. (model, MemorySize; accounts start with 10,240 at most) */
  memoryMegabytes: { min: 128, max: 10_240 },
} as const;

/**
 * States of a function that can be seen while it exists. A function in a VPC that was idle for weeks becomes
 * `Inactive`: the next call fails with `ResourceNotReadyException` and makes it `Pending` until its network interfaces
 * are back. (model, State and ResourceNotReadyException; developer guide, "Lambda function states")
 */
export const LAMBDA_STATES = ['Pending', 'Active', 'Inactive', 'Failed'] as const;

export type LambdaState = (typeof LAMBDA_STATES)[number];
