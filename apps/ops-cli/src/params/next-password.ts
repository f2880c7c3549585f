import { UsageError } from '../errors.ts';
import type { StoredGroup } from './inventory.ts';
import type { GroupParameter, ParameterGroup } from './parameter-group.ts';

/**
 * A stored `password` stays, because applications log in with it: the one to write is `new_password` then, which the
 * next password change makes the password.
 *
 * @throws UsageError when both were named
 */
export function keepStoredPassword(
  wanted: readonly GroupParameter[],
  stored: StoredGroup,
  { parameters, path }: ParameterGroup,
): GroupParameter[] {
  const next = parameters.find(({ name }) => name === 'new_password');
  if (next === undefined || !stored.has('password')) return [...wanted];
  if (wanted.includes(next) && wanted.some(({ name }) => name === 'password')) {
    throw new UsageError([
      `${path}/password has a password already, which stays until a password change. Name new_password alone: it is the next password.`,
    ]);
  }
  return wanted.map((parameter) => (parameter.name === 'password' ? next : parameter));
}
