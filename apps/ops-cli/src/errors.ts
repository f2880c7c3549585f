/** Thrown when what was asked for cannot be done as it was asked for. Lists every problem, so that one more try is enough. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.length === 1 ? problems[0] : `${problems.length} problems:\n  ${problems.join('\n  ')}`);
    this.problems = problems;
  }
}

/** Thrown when AWS does not do what it was asked. The message is one sentence: what, why, and what to do. */
export class AwsRefusedError extends Error {
  override readonly name = 'AwsRefusedError';
}

/** Thrown when the person at the terminal ends a question with Ctrl-C or Ctrl-D. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}
