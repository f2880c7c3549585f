/** One thing that is wrong in a settings file. */
export interface SettingsProblem {
  /** Where in the file, as keys from its top: `global.target_vpc.subnets`. Empty for the file as a whole. */
  readonly path: string;
  readonly line: number;
  /** What was found, what is allowed instead. Never holds a secret. */
  readonly message: string;
}

/** Thrown when a settings file cannot be used; lists every problem at once, so that one edit is enough. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly file: string;
  readonly problems: readonly SettingsProblem[];

  constructor(file: string, problems: readonly SettingsProblem[]) {
    const lines = problems.map(({ path, line, message }) => `  line ${line}${path && `, ${path}`}: ${message}`);
    super(`${file} cannot be used. ${problems.length} to correct:\n${lines.join('\n')}`);
    this.file = file;
    this.problems = problems;
  }
}
