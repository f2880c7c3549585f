/** Limits of AWS Step Functions. */
export const STEP_FUNCTIONS_LIMITS = {
  /**
   * Bytes in UTF-8 of the input or output of an execution, a state or a task. A state that passes more fails with
   * `States.DataLimitExceeded`, which no `Catch` of `States.ALL` takes. (model, SensitiveData: 262,144 characters;
   * developer guide, "Quotas": "256 KiB of data as a UTF-8 encoded string")
   */
  payloadBytes: 262_144,
  /** Characters of the name of a state machine. (model, Name) */
  stateMachineNameCharacters: 80,
  /** Characters of the name of an execution. (model, Name) */
  executionNameCharacters: 80,
  /** Characters of the name of a state. (developer guide, "Amazon States Language": "must be less than or equal to 80") */
  stateNameCharacters: 80,
  /** Characters of the ARN of a state machine or an execution. (model, Arn) */
  arnCharacters: 256,
  /** Characters of the cause of a failure. (model, SensitiveCause) */
  causeCharacters: 32_768,
  /** Characters of the error of a failure. (model, SensitiveError) */
  errorCharacters: 256,
  /** Characters of a task token. (model, TaskToken; the guide of 2023 said 1,024) */
  taskTokenCharacters: 2048,
  /** Events of one execution's history; the next one ends the execution. (developer guide, "Quotas") */
  historyEvents: 25_000,
  /** Seconds that an Express workflow may run. (developer guide, "Quotas": five minutes) */
  expressSeconds: 300,
  /** Bytes of a state machine's definition. (model, Definition: 1,048,576 characters) */
  definitionBytes: 1_048_576,
} as const;

/** What the model of Step Functions says that an execution's name must not contain (StartExecution, `name`). */
// eslint-disable-next-line no-control-regex -- control characters are among what is forbidden
const FORBIDDEN_IN_NAME = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/;

/**
 * Why Step Functions refuses a name for an execution with `InvalidName`; `undefined` for a good name. With logging to
 * CloudWatch Logs a name should hold only `0-9A-Za-z-_`: that is advice, not a rule. (model, StartExecution)
 */
export function executionNameProblem(name: string): string | undefined {
  const { executionNameCharacters } = STEP_FUNCTIONS_LIMITS;
  if (name.length < 1) return 'an execution name must have at least 1 character';
  if (name.length > executionNameCharacters) {
    return `an execution name has at most ${executionNameCharacters} characters, this one has ${name.length}`;
  }
  const [forbidden] = FORBIDDEN_IN_NAME.exec(name) ?? [];
  if (forbidden !== undefined) return `an execution name must not contain ${JSON.stringify(forbidden)}`;
  return undefined;
}
