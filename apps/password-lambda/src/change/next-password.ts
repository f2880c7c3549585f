import { JobError } from '@serverless-ops/job-schemas';
import { storedValueProblem } from '@serverless-ops/parameter-rules';
import type { NamedParameter } from '@serverless-ops/parameter-lookup';
import type { ChangeRequest } from '../change-request.ts';
import type { Account } from './accounts.ts';
import type { LockedChange } from './locked-change.ts';
import { isHashOf } from './password-hash.ts';
import type { StoredAccount } from './stored-passwords.ts';

/** The password that the account is to have. It is pending in Parameter Store, unless the server has it already. */
export interface NextPassword {
  readonly value: string;
  /** Name of the parameter that holds it until `password` does. */
  readonly standsIn: string;
  /** False when Parameter Store and server agreed before the job began. */
  readonly isNew: boolean;
  /** Version of `password` that holds it already; undefined when it is still to be stored there. */
  readonly version: number | undefined;
}

/** Whether every account of the name has this password on the server. */
export const allHave = (accounts: readonly Account[], value: string | undefined): boolean =>
  value !== undefined && accounts.length > 0 && accounts.every(({ hash }) => isHashOf(hash, value));

const someHave = (accounts: readonly Account[], value: string): boolean =>
  accounts.some(({ hash }) => isHashOf(hash, value));

/**
 * Chooses the next password, and keeps it as pending before the server hears of it. A change that broke off comes first:
 * its password may be the only one that works.
 *
 * Throws JobError ParameterMissing, ParameterInvalid, InvalidRequest for `generate` beside a given password.
 */
export async function nextPassword(
  change: LockedChange,
  stored: StoredAccount,
  accounts: readonly Account[],
): Promise<NextPassword> {
  const { request, store, context } = change;
  const { parameters } = request;
  const pending = (value: string): NextPassword => ({
    ...{ value, standsIn: parameters.password_pending, isNew: true },
    version: stored.password?.value === value ? stored.password.version : undefined,
  });
  for (const secret of [stored.password, stored.pending]) if (secret) checkSecureString(secret);
  if (request.generate) refuseGivenBeside(stored);
  const wish = request.generate ? undefined : wishOf(change, stored, accounts);
  if (wish !== undefined) refuseTooLongWithoutTls(wish, change, accounts);
  if (stored.pending !== undefined) {
    const { value } = stored.pending;
    const comesFirst = wish === undefined || wish.value === value || someHave(accounts, value);
    if (comesFirst) return pending(value);
    // No account has it, so nothing is lost with it.
    await store.replacePending(wish.value);
    return pending(wish.value);
  }
  const { password } = stored;
  if (wish !== undefined && wish.value === password?.value && allHave(accounts, wish.value)) {
    return { value: wish.value, standsIn: password.name, isNew: false, version: password.version };
  }
  const value = wish?.value ?? context.generate();
  context.hideSecret(value);
  if (!(await store.addPending(value))) {
    // Its first attempt was taken and the answer got lost; or what was read before was not up to date.
    const { pending: found } = await store.read();
    if (found === undefined) throw contradiction(parameters.password_pending);
    return pending(found.value);
  }
  const isPutBack = wish?.name === parameters.password && (await putBackFormer(change, wish, accounts));
  return isPutBack ? { ...pending(value), version: undefined } : pending(value);
}

/**
 * What operations gives as the next password: `new_password`, or the old way, `password` itself. Undefined when a change
 * broke off before the server heard of its password, and nothing was given since.
 */
function wishOf(
  { request }: LockedChange,
  stored: StoredAccount,
  accounts: readonly Account[],
): NamedParameter | undefined {
  const { given, password, pending } = stored;
  if (given !== undefined) return checked(given, request.db_user);
  if (pending !== undefined && (password === undefined || allHave(accounts, password.value))) return undefined;
  if (password !== undefined) return checked(password, request.db_user);
  const { new_password: name, password: former } = request.parameters;
  throw new JobError(
    'ParameterMissing',
    `Not in Parameter Store: ${name}, nor ${former}. Store the next password as the SecureString ${name}, or let the job ` +
      'make one with "generate".',
  );
}

/**
 * Without TLS a login at MySQL encrypts the password with the server's RSA key, 2,048 bits unless somebody made another
 * one: OAEP leaves 214 bytes of it, and one of them ends the password (RFC 8017, section 7.1.1).
 */
const MAX_BYTES_WITHOUT_TLS = 213;

function refuseTooLongWithoutTls(
  { name, value }: NamedParameter,
  { session }: LockedChange,
  accounts: readonly Account[],
): void {
  if (session.flavor !== 'mysql' || session.isEncrypted || Buffer.byteLength(value) <= MAX_BYTES_WITHOUT_TLS) return;
  if (accounts.length > 0 && accounts.every(({ plugin }) => plugin === 'mysql_native_password')) return;
  throw new JobError(
    'ParameterInvalid',
    `${name} is longer than ${MAX_BYTES_WITHOUT_TLS} bytes, and no login without TLS can carry it to this server. Nothing ` +
      'was done. Switch TLS on at the server, or store a shorter password.',
  );
}

/**
 * The old way of giving a password overwrites the one that works. The job puts the one before back, so that `password`
 * works again until the server has the next one.
 */
async function putBackFormer(
  { store, context }: LockedChange,
  wish: NamedParameter,
  accounts: readonly Account[],
): Promise<boolean> {
  const former = await store.readFormer(wish);
  if (former === undefined || former === wish.value || !allHave(accounts, former)) return false;
  context.hideSecret(former);
  await store.store(former);
  context.log.info({ parameter: wish.name }, 'put the password that works back until the server has the next one');
  return true;
}

function refuseGivenBeside({ given, password }: StoredAccount): void {
  // One that a job has promoted already, and could not delete any more.
  if (given === undefined || given.value === password?.value) return;
  throw new JobError(
    'InvalidRequest',
    `The order says "generate", and ${given.name} holds a given password. Nothing was done. Order without generate to use ` +
      'the given one, or delete that parameter.',
  );
}

/** The password in `password`, which a job only reads. Throws JobError ParameterMissing, ParameterInvalid. */
export function presentPassword(
  { password }: StoredAccount,
  { parameters, db_user: dbUser }: ChangeRequest,
): NamedParameter {
  if (password !== undefined) return checked(password, dbUser);
  const { password: name } = parameters;
  throw new JobError(
    'ParameterMissing',
    `Not in Parameter Store: ${name}. Order a change first: it stores the password that the account then has.`,
  );
}

function checked(parameter: NamedParameter, dbUser: string): NamedParameter {
  checkSecureString(parameter);
  const problem = storedValueProblem({ name: 'password', dbUser }, parameter.value);
  if (problem !== undefined) throw new JobError('ParameterInvalid', `${parameter.name} ${problem}.`);
  return parameter;
}

function checkSecureString({ name, isSecureString }: NamedParameter): void {
  if (isSecureString) return;
  throw new JobError(
    'ParameterInvalid',
    `${name} holds a password in clear text: delete it, and store another one as a SecureString.`,
  );
}

function contradiction(name: string): JobError {
  return new JobError(
    'ServiceThrottled',
    `Parameter Store says of ${name} both that it exists and that it does not. Order the job again.`,
  );
}
