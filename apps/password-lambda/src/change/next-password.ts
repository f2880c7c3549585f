import { JobError } from '@serverless-ops/job-schemas';
import type { NamedParameter } from '@serverless-ops/parameter-lookup';
import { isPlaceholder, isSecretReference } from '@serverless-ops/parameter-rules';
import type { ChangeRequest } from '../change-request.ts';
import type { StoredAccount, StoredPasswords } from './stored-passwords.ts';

/** Characters; MySQL takes no longer one. */
const MAX_LENGTH = 256;

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
export function givenPassword({ password }: StoredAccount, { parameters }: ChangeRequest): NextPassword {
  const name = parameters.password;
  if (password === undefined) {
    throw new JobError(
      'ParameterMissing',
      `Not in Parameter Store: ${name}. Create it as a SecureString, or let the job make the password with "generate".`,
    );
  }
  checkSecureString(password);
  const problem = problemOf(password.value);
  if (problem !== undefined) throw new JobError('ParameterInvalid', `${name} ${problem}.`);
  return { value: password.value, standsIn: name, version: password.version };
}

function problemOf(value: string): string | undefined {
  if (isPlaceholder(value)) return 'is still a placeholder: store the real value';
  if (isSecretReference(value)) return 'refers to Secrets Manager: store the password of the account itself';
  if (/\p{Cc}/u.test(value)) {
    return 'holds a control character, such as the line break that echo adds: store it anew, as with printf %s';
  }
  if (!value.isWellFormed()) return 'is no valid Unicode text: store it anew';
  if (value.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters, which no server takes: shorten it`;
  return undefined;
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
