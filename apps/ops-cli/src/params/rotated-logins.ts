import type { Problem } from './check-group.ts';
import type { Inventory, StoredGroup } from './inventory.ts';
import { userOfLevel } from './user-of-level.ts';

/** Port of a database that has none in Parameter Store. */
const DEFAULT_PORT = '3306';

/**
 * Registered accounts that backups or password changes themselves log in with, and whose password jobs change: for the databases
 * that were read, on the same server. After such a change the stored password is the old one.
 */
export function findRotatedLogins(of: Inventory, all: readonly Inventory[]): Problem[] {
  const sameServer = all.filter((other) => other === of || isSameServer(other.settings, of.settings));
  const changed = sameServer.flatMap(({ users }) =>
    [...users].flatMap(([level, user]) => {
      const registration = user.get('account');
      return registration === undefined ? [] : [{ dbUser: userOfLevel(level), path: parentOf(registration.name) }];
    }),
  );
  const problemOf = (group: StoredGroup, consequence: string): Problem[] => {
    const login = group.get('db_user');
    const found = changed.find(({ dbUser }) => login?.value !== undefined && dbUser === login.value);
    if (login === undefined || found === undefined) return [];
    return [
      {
        path: login.name,
        text: `is an account whose password jobs change: it is below ${found.path} too. ${consequence}`,
        mend: { advice: `use another account here, or delete what is below ${found.path}` },
      },
    ];
  };
  return [
    ...problemOf(of.settings, 'Backups fail after a change until db_pass is pushed again'),
    ...problemOf(of.admin, 'A password change refuses the account that it logs in with'),
  ];
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
