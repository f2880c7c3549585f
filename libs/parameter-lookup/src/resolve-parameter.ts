import { JobError } from '@serverless-ops/job-schemas';
import { SECRET_DATABASE_PARAMETER, type DatabaseParameter } from '@serverless-ops/names';
import { isSecretReference, storedValueProblem, valueProblem } from '@serverless-ops/parameter-rules';
import type { FollowReference } from './follow-references.ts';
import { valueInSecret } from './value-in-secret.ts';

/** A parameter as it was read, before it is known to be of use. */
export interface RawParameter {
  /** Its full name, for the operator who corrects it. */
  readonly parameter: string;
  /** What it stands for: which field of a secret it is, and whether it must be a SecureString. */
  readonly field: DatabaseParameter;
  readonly value: string;
  readonly isSecureString: boolean;
}

/** What is wrong with a parameter, without a full stop. */
export interface Problem {
  readonly problem: string;
}

/** The value that a parameter stands for, its reference followed, or what is wrong with it by the rules that `ops` has. */
export async function resolveParameter(
  { parameter, field, value: text, isSecureString }: RawParameter,
  follow: FollowReference,
): Promise<{ value: string } | Problem> {
  const problem = storedValueProblem({ name: field }, text);
  if (problem !== undefined) return { problem: `${parameter} ${problem}` };
  if (isSecretReference(text)) {
    const secret = await follow(text);
    if (secret === undefined) return { problem: `${parameter} refers to ${text}, a secret that does not exist` };
    const value = valueInSecret(field, secret);
    if (value === undefined) return { problem: `${parameter} refers to ${text}, a secret without a field for it` };
    const problemOfSecret = valueProblem({ name: field }, value);
    return problemOfSecret === undefined
      ? { value }
      : { problem: `${parameter} refers to ${text}, which ${problemOfSecret}` };
  }
  if (field === SECRET_DATABASE_PARAMETER && !isSecureString) {
    return { problem: `${parameter} holds a password in clear text: store it as a SecureString, and change it` };
  }
  return { value: text };
}

/** The outcomes when all are good. Throws `JobError` ParameterInvalid with every problem otherwise. */
export function valuesOf<Value extends object>(outcomes: readonly (Value | Problem)[]): Value[] {
  const problems = outcomes.flatMap((outcome) => ('problem' in outcome ? [outcome.problem] : []));
  if (problems.length > 0) throw new JobError('ParameterInvalid', `${problems.join('. ')}.`);
  return outcomes.filter((outcome): outcome is Value => !('problem' in outcome));
}
