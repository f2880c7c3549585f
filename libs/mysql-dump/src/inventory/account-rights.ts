import type { Connection } from 'mysql2/promise';
import { decidingRights, type DatabaseGrant, type GrantRule } from './deciding-grant.ts';
import { selectRows, unlessRefused } from './select-rows.ts';
import type { ServerFlavor } from './server-flavor.ts';

/** What the session's account may do, its active roles counted in. Rights have their names in SQL, in capitals. */
export interface AccountRights {
  /** Whether the account has the right on everything in the database. */
  readonly has: (right: string) => boolean;
  /** Whether it has the right on every database, as the definitions of routines need. */
  readonly hasEverywhere: (right: string) => boolean;
  /** Whether it has the right on the whole of this table, if only on it. */
  readonly hasOnTable: (right: string, table: string) => boolean;
}

/** `GRANT SELECT, SHOW VIEW ON `a\_b`.* TO ...`, and MySQL's partial `REVOKE`. What a grant of a role or proxy is, is none. */
const GRANT =
  /^(GRANT|REVOKE) (.+?) ON (?:(?:TABLE )?)(\*|`(?:[^`]|``)*`)\.(\*|`(?:[^`]|``)*`) (?:TO|FROM) (`(?:[^`]|``)*`@)?(PUBLIC\b)?/s;

/** Rights on some columns of a table, `SELECT (a, b)`, are not on the table. */
const OF_COLUMNS = ' (';

/** Asks the server for the grants of the session's account, of its roles, and of everybody. */
export async function readRights(session: Connection, database: string, flavor: ServerFlavor): Promise<AccountRights> {
  const grants = await selectRows<Record<string, string>>(session, 'SHOW GRANTS');
  const ofEverybody = flavor === 'mariadb' ? await publicGrants(session) : [];
  const lines = [...grants, ...ofEverybody].map((row) => Object.values(row)[0] ?? '');
  return rightsOf(lines, database, flavor === 'mariadb' ? 'fewest-names' : await mysqlRule(session));
}

/** Before 10.11, PUBLIC is an account that does not exist, and that the session may not ask for. */
async function publicGrants(session: Connection): Promise<Record<string, string>[]> {
  return unlessRefused(
    ['ER_NONEXISTING_GRANT', 'ER_DBACCESS_DENIED_ERROR'],
    selectRows<Record<string, string>>(session, 'SHOW GRANTS FOR PUBLIC'),
  );
}

async function mysqlRule(session: Connection): Promise<GrantRule> {
  const [revokes] = await selectRows<{ Value: string }>(session, "SHOW VARIABLES LIKE 'partial_revokes'");
  if (revokes?.Value === 'ON') return 'no-patterns';
  // MySQL 5.7 has no roles.
  const [active] = await unlessRefused(
    ['ER_SP_DOES_NOT_EXIST'],
    selectRows<{ roles: string }>(session, 'SELECT CURRENT_ROLE() AS roles'),
  );
  return active === undefined || active.roles === 'NONE' ? 'longest-prefix' : 'first-in-order';
}

/**
 * The rights that these answers of SHOW GRANTS give. Rights on everything, on the database and on tables add up, and so
 * do those of the account, its roles and PUBLIC where the server tells them apart, as MariaDB does.
 */
export function rightsOf(
  grants: readonly string[],
  database: string,
  rule: GrantRule = 'longest-prefix',
): AccountRights {
  const everywhere = new Set<string>();
  const onDatabase = new Map<string, DatabaseGrant[]>();
  const revoked = new Set<string>();
  const onTables = new Map<string, Set<string>>();
  for (const grant of grants) {
    const [, verb, listed = '', ofDatabase = '', ofTable = '', ofAccount, ofPublic = 'a role'] =
      GRANT.exec(grant) ?? [];
    if (verb === undefined) continue;
    const rights = splitRights(listed);
    if (ofDatabase === '*') rights.forEach((right) => everywhere.add(right));
    else if (ofTable !== '*') {
      if (unquote(ofDatabase) !== database) continue;
      const table = unquote(ofTable);
      onTables.set(table, new Set([...(onTables.get(table) ?? []), ...rights]));
    } else if (verb === 'REVOKE') {
      if (unquote(ofDatabase) === database) rights.forEach((right) => revoked.add(right));
    } else {
      const holder = ofAccount === undefined ? ofPublic : 'the account';
      onDatabase.set(holder, [...(onDatabase.get(holder) ?? []), { pattern: unquote(ofDatabase), rights }]);
    }
  }
  const decided = new Set([...onDatabase.values()].flatMap((held) => decidingRights(held, database, rule)));
  const holds = (rights: ReadonlySet<string> | undefined, right: string): boolean =>
    rights !== undefined && (rights.has(right) || rights.has('ALL PRIVILEGES'));
  const has = (right: string): boolean => holds(decided, right) || (holds(everywhere, right) && !holds(revoked, right));
  return {
    has,
    hasEverywhere: (right) => holds(everywhere, right),
    hasOnTable: (right, table) => has(right) || holds(onTables.get(table), right),
  };
}

function splitRights(listed: string): string[] {
  return listed
    .split(/,\s*(?![^(]*\))/)
    .filter((right) => !right.includes(OF_COLUMNS))
    .map((right) => right.trim().toUpperCase());
}

function unquote(name: string): string {
  return name.slice(1, -1).replaceAll('``', '`');
}
