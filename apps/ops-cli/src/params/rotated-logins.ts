import { isSecretReference } from '@serverless-ops/parameter-rules';
import type { Problem } from './check-group.ts';
import type { Inventory, StoredGroup } from './inventory.ts';
import { userOfLevel } from './user-of-level.ts';

/** Port of a database that has none in Parameter Store. */
const DEFAULT_PORT = '3306';

/**
 * Registered accounts that backups or password changes themselves log in with, for the databases that were read. A
 * password change finds databases of the same server and writes their db_pass, too. It cannot write a secret of Secrets
 * Manager, and it does not change the account that it logs in with.
 */
export function findRotatedLogins(of: Inventory, all: readonly Inventory[]): Problem[] {
  const changed = all
    .filter((other) => other === of || isSameServer(other.settings, of.settings))
    .flatMap(({ users }) => [...users])
    .flatMap(([level, user]) => {
      const registration = user.get('account');
      return registration === undefined ? [] : [{ dbUser: userOfLevel(level), path: parentOf(registration.name) }];
    });
  const loginOf = (group: StoredGroup): { name: string; path: string } | undefined => {
    const login = group.get('db_user');
    const found = changed.find(({ dbUser }) => login?.value !== undefined && dbUser === login.value);
    return login && found && { name: login.name, path: found.path };
  };
  const [backup, admin] = [loginOf(of.settings), loginOf(of.admin)];
  return [
    ...(backup ? [describeBackupLogin(backup, isSecretReference(of.settings.get('db_pass')?.value ?? ''))] : []),
    ...(admin ? [describeAdminLogin(admin)] : []),
  ];
}

interface Login {
  readonly name: string;
  /** Where the same account is registered. */
  readonly path: string;
}

function describeBackupLogin({ name, path }: Login, isInSecretsManager: boolean): Problem {
  const isRegistered = `is an account that is registered for password changes (${path})`;
  const fix = { advice: 'to separate them, give backups another account' };
  return isInSecretsManager
    ? { path: name, text: `${isRegistered}. These refuse it, because db_pass refers to Secrets Manager`, fix }
    : { path: name, text: `${isRegistered}. These write db_pass here, too`, fix, isNote: true };
}

function describeAdminLogin({ name, path }: Login): Problem {
  return {
    path: name,
    text: `is an account that is registered for password changes (${path}). These refuse their administrator account`,
    fix: { advice: `use another account here, or delete the parameters below ${path}` },
  };
}

function isSameServer(one: StoredGroup, other: StoredGroup): boolean {
  const addressOf = (group: StoredGroup): string | undefined => {
    const host = group.get('db_host')?.value;
    return host && `${host.toLowerCase()}:${group.get('db_port')?.value ?? DEFAULT_PORT}`;
  };
  return addressOf(one) !== undefined && addressOf(one) === addressOf(other);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
