/** Lines of settings.yml as they are, and with another value: what a person changes first. */
const CHANGES: readonly (readonly [pattern: RegExp, line: string])[] = [
  [/^ {2}name_prefix: .*$/m, '  name_prefix: other-ops'],
  [/^ {2}parameter_prefix: .*$/m, '  parameter_prefix: /teams/other'],
  [/^ {2}(# )?account: .*$/m, "  account: '444455556666'"],
  [/^ {2}(# )?region: .*$/m, '  region: eu-west-1'],
  [/^ {2}path: .*$/m, '  path: dumps/nightly'],
  [/^ {6}cpu_architecture: .*$/m, '      cpu_architecture: x86_64'],
  [/^ {2}databases:\n {4}\S+:\n {6}\S+:$/m, '  databases:\n    orders:\n      production:'],
];

/** The text of settings.yml with other prefixes, account, region, path, processor and database. */
export function withOtherSettings(text: string): string {
  return CHANGES.reduce((changed, [pattern, line]) => {
    if (!pattern.test(changed)) throw new Error(`settings.yml has no line ${String(pattern)} to change.`);
    return changed.replace(pattern, line);
  }, text);
}
