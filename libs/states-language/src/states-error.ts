/** Thrown when a state fails: an error name and cause as `Retry`, `Catch` and the execution's result see them. */
export class StatesError extends Error {
  override readonly name = 'StatesError';
  readonly error: string;
  /** Empty when there is none, as in what `Catch` hands on. */
  readonly causeText: string;
  /** A missed heartbeat is reported as `States.Timeout`, but can also be named `States.HeartbeatTimeout`. */
  readonly alias: string | undefined;

  constructor(error: string, causeText = '', alias?: string) {
    super(causeText ? `${error}: ${causeText}` : error);
    this.error = error;
    this.causeText = causeText;
    this.alias = alias;
  }
}

/** Which errors the wildcards of the States Language leave out. `States.Runtime` cannot be handled at all. */
const BEYOND_ALL = new Set(['States.DataLimitExceeded', 'States.Runtime']);

/** Whether an `ErrorEquals` list of a retrier or catcher names the error, directly or by a wildcard. */
export function namesError(errorEquals: readonly string[], { error, alias }: StatesError): boolean {
  if (error === 'States.Runtime') return false;
  return errorEquals.some((name) => {
    if (name === 'States.ALL') return !BEYOND_ALL.has(error);
    if (name === 'States.TaskFailed') return !BEYOND_ALL.has(error) && error !== 'States.Timeout';
    return name === error || name === alias;
  });
}
