import { JobError } from '@serverless-ops/job-schemas';
import type { NamedParameter } from '@serverless-ops/parameter-lookup';
import { storedValueProblem } from '@serverless-ops/parameter-rules';
import type { ChangeRequest } from '../change-request.ts';
import type { StoredAccount, StoredPasswords } from './stored-passwords.ts';

/** The password that the account is to have, and where it stands now. */
export interface NextPassword {
  readonly value: string;
  /** Name of the parameter. */
  readonly standsIn: string;
  /** Version of `password` that holds it; undefined while it is only pending. */
  readonly version: number | undefined;
}

/**
 * A password that Parameter Store was given for the account, checked.
 * Throws JobError ParameterMissing, ParameterInvalid.
 */
export function givenPassword(
  { password }: StoredAccount,
  { parameters, db_user: dbUser }: ChangeRequest,
): NextPassword {
  const name = parameters.password;
  if (password === undefined) {
    throw new JobError(
      'ParameterMissing',
      `Not in Parameter Store: ${name}. Create it as a SecureString, or let the job make the password with "generate".`,
    );
  }
  checkSecureString(password);
  const problem = storedValueProblem({ name: 'password', dbUser }, password.value);
  if (problem !== undefined) throw new JobError('ParameterInvalid', `${name} ${problem}.`);
  return { value: password.value, standsIn: name, version: password.version };
}

/** The password that a change which broke off has left behind, or a new one. From here on it is pending. */
export async function pendingPassword(
  stored: StoredAccount,
  store: StoredPasswords,
  generate: () => string,
  { parameters }: ChangeRequest,
): Promise<NextPassword> {
  if (stored.password !== undefined) checkSecureString(stored.password);
  const pending = (value: string): NextPassword => ({
    ...{ value, standsIn: parameters.password_pending, version: undefined },
  });
  if (stored.pending !== undefined) {
    checkSecureString(stored.pending);
    return pending(stored.pending.value);
  }
  const generated = generate();
  if (await store.addPending(generated)) return pending(generated);
  // Its first attempt was taken and the answer got lost; or what was read before was not up to date.
  const { pending: found } = await store.read();
  if (found !== undefined) return pending(found.value);
  throw new JobError(
    'InternalError',
    `Parameter Store says of ${parameters.password_pending} both that it exists and that it does not. Order the job again.`,
  );
}

function checkSecureString({ name, isSecureString }: NamedParameter): void {
  if (isSecureString) return;
  throw new JobError(
    'ParameterInvalid',
    `${name} holds a password in clear text: delete it, and store another one as a SecureString.`,
  );
}
