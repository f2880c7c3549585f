import { ACCOUNT_KINDS, type DatabaseParameter, type DatabaseUserParameter } from '@serverless-ops/names';
import { accountPasswordProblem } from './rules/account-password-problem.ts';
import { bucketProblem } from './rules/bucket-problem.ts';
import { grantTextProblem } from './rules/grant-text-problem.ts';
import { hostProblem } from './rules/host-problem.ts';
import { portProblem } from './rules/port.ts';
import { s3PathProblem } from './rules/s3-path-problem.ts';
import { accountNameProblem, databaseNameProblem } from './rules/server-name-problem.ts';
import { textProblem } from './rules/text-problem.ts';
import { isSecretReference, referenceProblem } from './secret-reference.ts';

/** A parameter that a person writes. */
export type WrittenParameter =
  | { readonly name: DatabaseParameter }
  | { readonly name: Exclude<DatabaseUserParameter, 'password_pending' | 'last_change'>; readonly dbUser: string };

/**
 * What is wrong with a value for a parameter, as words that follow the parameter's name: `ends with a line break`. The
 * value itself is never in them. Undefined for a value that a job takes.
 *
 * A value is judged as it is used, so a reference to Secrets Manager has to be followed before:
 * {@link storedValueProblem} is for one as it is stored.
 */
export function valueProblem(parameter: WrittenParameter, value: string): string | undefined {
  return textProblem(parameter.name, value) ?? meaningProblem(parameter, value);
}

/** The same for a value as Parameter Store holds it, which may be a reference to Secrets Manager. */
export function storedValueProblem(parameter: WrittenParameter, value: string): string | undefined {
  if (!isSecretReference(value)) return valueProblem(parameter, value);
  if ('dbUser' in parameter) return 'refers to Secrets Manager, which a password change does not read';
  return textProblem(parameter.name, value) ?? referenceProblem(value);
}

function meaningProblem(parameter: WrittenParameter, value: string): string | undefined {
  switch (parameter.name) {
    case 'db_host':
      return hostProblem(value);
    case 'db_port':
      return portProblem(value);
    case 'db_name':
      return databaseNameProblem(value);
    case 'db_user':
      return accountNameProblem(value);
    case 'db_pass':
      // A server alone knows what it takes as a password.
      return undefined;
    case 's3_bucket':
      return bucketProblem(value);
    case 's3_path':
      return s3PathProblem(value);
    case 'password':
    case 'new_password':
      return accountPasswordProblem(value);
    case 'grant':
      return grantTextProblem(value, parameter.dbUser);
    case 'account':
      return registrationProblem(value, parameter.dbUser);
  }
}

/** A job refuses root as an application, whatever its rights are. */
function registrationProblem(kind: string, dbUser: string): string | undefined {
  if (!(ACCOUNT_KINDS as readonly string[]).includes(kind)) return `is neither ${ACCOUNT_KINDS.join(' nor ')}`;
  return dbUser === 'root' && kind !== 'privileged' ? 'must be "privileged" for root' : undefined;
}
