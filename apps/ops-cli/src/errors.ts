/** Thrown when what was asked for cannot be done as it was asked for. Lists every problem, so that one more try is enough. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.length === 1 ? problems[0] : `${problems.length} problems:\n  ${problems.join('\n  ')}`);
    this.problems = problems;
  }
}

export interface AwsRefusedOptions {
  /** Whether the same request can succeed a moment later, as after throttling or a fault of the network. @default false */
  readonly mayPass?: boolean;
}

/** Thrown when AWS does not do what it was asked. The message is one sentence: what, why, and what to do. */
export class AwsRefusedError extends Error {
  override readonly name = 'AwsRefusedError';
  readonly mayPass: boolean;

  constructor(message: string, { mayPass = false }: AwsRefusedOptions = {}) {
    super(message);
    this.mayPass = mayPass;
  }
}

/** Thrown when no answer says whether an order was accepted: the job may run. The message has its id. */
export class OrderUnknownError extends Error {
  override readonly name = 'OrderUnknownError';
}

/** Thrown when the person at the terminal ends a question with Ctrl-C or Ctrl-D. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}
