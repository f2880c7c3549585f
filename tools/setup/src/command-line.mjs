/** @typedef {'demo' | 'test' | 'deploy'} Purpose What a command is for decides which tools it needs. */

/**
 * The command to run and, from `--for=demo` (what is assumed), `--for=test` or `--for=deploy` before it, what it is for.
 *
 * @param {readonly string[]} args
 * @returns {{ purpose: Purpose, command: [string, ...string[]] }}
 */
export function parseCommandLine(args) {
  const [first = '', ...rest] = args;
  const purpose = /^--for=(.*)$/.exec(first)?.[1];
  const [program, ...programArgs] = purpose === undefined ? args : rest;
  if (
    (purpose !== undefined && purpose !== 'demo' && purpose !== 'test' && purpose !== 'deploy') ||
    program === undefined
  ) {
    throw new Error(`expected [--for=demo|test|deploy] and a command, but got "${args.join(' ')}"`);
  }
  return { purpose: purpose ?? 'demo', command: [program, ...programArgs] };
}
