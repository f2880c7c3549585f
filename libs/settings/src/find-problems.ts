import { isNode, type Document, type LineCounter } from 'yaml';
import type { z } from 'zod';
import type { SettingsProblem } from './errors.ts';

type Path = readonly PropertyKey[];

/** Keys that hold secrets in other people's settings files. */
const SECRET_KEY = /pass|secret|token/i;

/** The findings of the schema, each with its line in the file, what is there and what is allowed. */
export function findProblems(error: z.ZodError, document: Document.Parsed, lines: LineCounter): SettingsProblem[] {
  return error.issues
    .flatMap(({ path, ...issue }) => {
      if (issue.code === 'unrecognized_keys') {
        return issue.keys
          .map((key) => [...path, key])
          .map((key) => problem(key, holdsSecret(key) ? keepSecretOut(key) : `unknown key; allowed: ${issue.message}`));
      }
      return [problem(path, `found ${describeValue(valueAt(path))}; allowed: ${allowed(issue)}`)];
    })
    .sort((a, b) => a.line - b.line);

  /** A group is no secret, whatever its name. */
  function holdsSecret(path: Path): boolean {
    return SECRET_KEY.test(String(path.at(-1))) && typeof valueAt(path) !== 'object';
  }

  function problem(path: Path, message: string): SettingsProblem {
    return { path: bounded(path.map(String).join('.')), line: lineOf(path), message };
  }

  function valueAt(path: Path): unknown {
    return path.reduce<unknown>(
      (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
      document.toJS(),
    );
  }

  /** A key that is missing is reported at the group that should have it. */
  function lineOf(path: Path): number {
    const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    return path.length === 0 ? 1 : lineOf(path.slice(0, -1));
  }
}

/** A key of the wrong form carries its own finding; everything else was worded by the schema. */
function allowed(issue: Pick<z.core.$ZodIssue, 'message'> & { code: string; issues?: { message: string }[] }): string {
  return issue.code === 'invalid_key' ? `as its name ${issue.issues?.[0]?.message ?? ''}` : issue.message;
}

/** No command has a secret among its arguments: every process on the machine and the history of the shell can read it. */
function keepSecretOut(path: Path): string {
  const [group, databases, dbName, dbEnv, name] = path.map(String);
  const isOfADatabase = group === 'parameters' && databases === 'databases' && name !== undefined;
  const push = ['npx ops params push', ...(isOfADatabase ? [dbName, dbEnv, name] : [])].join(' ');
  return (
    'a secret must not be in a file. Remove it, and change it if the file was ever committed. ' +
    `To store it, run "${push}", which asks for it`
  );
}

function describeValue(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a group' : bounded(JSON.stringify(value));
}

/** Characters of the file that a message repeats at most. */
const MAX_REPEATED = 100;

function bounded(text: string): string {
  return text.length <= MAX_REPEATED ? text : `${text.slice(0, MAX_REPEATED)}… (${text.length} characters)`;
}
