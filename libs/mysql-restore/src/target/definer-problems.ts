import { decode, selectRows, type AccountRights, type ServerFlavor } from '@serverless-ops/mysql-dump';
import type { Connection } from 'mysql2/promise';
import type { RestorePlan } from '../backup/restore-plan.ts';
import type { TargetProblem } from './check-target.ts';

/** Each lets an account create something for another: of MySQL 8.2 and later, of 8.0, of MariaDB, of all. */
const FOR_OTHERS: Record<ServerFlavor, readonly string[]> = {
  mysql: ['SET_ANY_DEFINER', 'SET_USER_ID', 'SUPER'],
  mariadb: ['SET USER', 'SUPER'],
};

const MAX_NAMED = 5;

/** Programs and views of other owners, for an account that may create none for others. */
export async function definerProblems(
  session: Connection,
  { programs }: RestorePlan,
  { flavor, rights }: { flavor: ServerFlavor; rights: AccountRights },
): Promise<TargetProblem[]> {
  if (FOR_OTHERS[flavor].some((right) => rights.hasEverywhere(right))) return [];
  const [row] = await selectRows<{ account: string }>(session, 'SELECT CURRENT_USER() AS account');
  const owners = new Set<string>();
  for (const { created, characterSet } of programs) {
    const { definer } = created;
    if (!definer) continue;
    const owner = [definer.user, ...(definer.host === undefined ? [] : [definer.host])].join('@');
    const name = await decode(session, owner, characterSet);
    if (name !== row?.account) owners.add(name);
  }
  if (owners.size === 0) return [];
  const named = [...owners].slice(0, MAX_NAMED).join(', ');
  const more = owners.size > MAX_NAMED ? ` and ${owners.size - MAX_NAMED} more` : '';
  return [
    {
      code: 'AccessDenied',
      what:
        `Views, routines, triggers or events belong to ${named}${more}, and the account may create them for nobody else: ` +
        `grant it ${FOR_OTHERS[flavor][0]}, or restore with definer: strip, which makes it their owner.`,
    },
  ];
}
