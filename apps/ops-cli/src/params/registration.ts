import { ACCOUNT_KINDS, type AccountKind } from '@serverless-ops/names';
import { UsageError } from '../errors.ts';
import { shellCommand } from '../shell-command.ts';
import type { GroupParameter, ParameterGroup } from './parameter-group.ts';
import type { StoredGroup } from './inventory.ts';

/**
 * The value of `--register`, checked.
 *
 * @throws UsageError for another value, which is not repeated: it may be a secret
 */
export function parseRegistration(kind: string | undefined, user: string | undefined): AccountKind | undefined {
  if (kind === undefined) return undefined;
  const known = ACCOUNT_KINDS.find((each) => each === kind);
  if (known === undefined) throw new UsageError([`--register takes ${ACCOUNT_KINDS.join(' or ')}.`]);
  if (user === undefined) throw new UsageError(['--register is for an account: name it with --user.']);
  return known;
}

/** The parameter that registers an account, unless it is stored or is written anyway. Undefined for a database. */
export function missingRegistration(
  { parameters }: ParameterGroup,
  stored: StoredGroup,
  wanted: readonly GroupParameter[],
): GroupParameter | undefined {
  const registration = parameters.find(({ name }) => name === 'account');
  return registration && !stored.has('account') && !wanted.includes(registration) ? registration : undefined;
}

/** The message about an account when ops cannot ask, because it has no terminal. */
export function describeMissingRegistration({ database, options }: ParameterGroup): string {
  const { dbName, dbEnv } = database;
  const words = ['npx', 'ops', 'params', 'push', dbName, dbEnv, ...options, '--register', 'application'];
  return (
    'This account is not registered, so jobs refuse to change its password (AccountNotRegistered). To register it:\n' +
    `  ${shellCommand(words)}\n`
  );
}
