/** Thrown when the given assemblies cannot be run as they are, with every problem that was found. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The assemblies cannot be run:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.problems = problems;
  }
}
