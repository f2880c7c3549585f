import { passwordChangeOptionsSchema } from '@serverless-ops/job-schemas';
import { changedAccountProblem } from '@serverless-ops/parameter-rules';
import type { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { Selection } from './parameter-roots.ts';

const { db_name: dbNameSchema, db_env: dbEnvSchema, db_user: dbUserSchema } = passwordChangeOptionsSchema.shape;

/** @throws UsageError for names that no job can order, by the same rules. */
export function checkReference({ dbName, dbEnv, dbUser }: Selection & { dbUser?: string }): void {
  const check = (value: string | undefined, schema: z.ZodType, problem: string): string[] =>
    value === undefined || schema.safeParse(value).success ? [] : [problem];
  const level = 'has 1 to 64 letters, digits and "_", "-", "."';
  const problems = [
    ...check(dbName, dbNameSchema, `The name of a database ${level}.`),
    ...check(dbEnv, dbEnvSchema, `The name of an environment ${level}.`),
    ...check(dbUser, dbUserSchema, 'The name of an account has 1 to 80 characters, and no control characters.'),
  ];
  const accountProblem = dbUser === undefined ? undefined : changedAccountProblem(dbUser);
  if (accountProblem !== undefined) problems.push(`The name of the account ${accountProblem}.`);
  if (problems.length > 0) throw new UsageError(problems);
}

/** @throws UsageError when something looks like a value. What was given is not repeated: it may be a secret. */
export function refuseValues(words: readonly string[]): void {
  if (!words.some((word) => word.includes('='))) return;
  throw new UsageError([
    'ops takes no value as an argument: other processes and the history of the shell could read it. ' +
      'Name the parameter alone, and ops asks for the value; or use --from-env PARAMETER=VARIABLE or --stdin. ' +
      'If the argument was a real secret, change that secret.',
  ]);
}

/**
 * `--from-env db_pass=VARIABLE`, given once or more, as parameter to variable.
 *
 * @throws UsageError
 */
export function parseFromEnv(pairs: readonly string[]): Map<string, string> {
  return new Map(
    pairs.map((pair) => {
      const [, parameter, variable] = /^([^=]+)=([^=]+)$/.exec(pair) ?? [];
      if (parameter === undefined || variable === undefined) {
        throw new UsageError(['--from-env takes PARAMETER=VARIABLE, such as --from-env db_pass=DB_PASS.']);
      }
      return [parameter, variable];
    }),
  );
}
