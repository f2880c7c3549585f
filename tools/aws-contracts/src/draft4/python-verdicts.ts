import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether each value fits a schema, in the words of Python's `jsonschema`: a second opinion on the models that API Gateway
 * checks requests against, which shares no code with `ajv`.
 *
 * @throws Error when no Python here has `jsonschema`.
 */
export function pythonVerdicts(schema: object, values: readonly unknown[]): boolean[] {
  const program = join(import.meta.dirname, 'check-values.py');
  const input = JSON.stringify({ schema, values });
  return JSON.parse(execFileSync(pythonWithJsonSchema(), [program], { input, encoding: 'utf8' })) as boolean[];
}

/** The Python of the program `jsonschema` or `check-jsonschema`: a machine can have several, and not all have the package. */
function pythonWithJsonSchema(): string {
  const program = execFileSync('sh', ['-c', 'command -v jsonschema || command -v check-jsonschema'], {
    encoding: 'utf8',
  }).trim();
  const [, python] = /^#!(\S*python\S*)/.exec(readFileSync(program, 'utf8')) ?? [];
  return python ?? 'python3';
}
