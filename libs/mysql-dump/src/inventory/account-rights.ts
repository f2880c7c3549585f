import type { Connection } from 'mysql2/promise';
import { selectRows } from './select-rows.ts';

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
const GRANT = /^(GRANT|REVOKE) (.+?) ON (?:(?:TABLE )?)(\*|`(?:[^`]|``)*`)\.(\*|`(?:[^`]|``)*`) (?:TO|FROM) /s;

/** Rights on some columns of a table, `SELECT (a, b)`, are not on the table. */
const OF_COLUMNS = ' (';

/** Asks the server for the grants of the session's account, of its roles, and of everybody. */
export async function readRights(session: Connection, database: string): Promise<AccountRights> {
  const grants = await selectRows<Record<string, string>>(session, 'SHOW GRANTS');
  // MariaDB 10.11 and later; elsewhere nobody is called so.
  const ofEverybody = await selectRows<Record<string, string>>(session, 'SHOW GRANTS FOR PUBLIC').catch(() => []);
  const [{ partial } = { partial: '' }] = (
    await selectRows<Record<string, string>>(session, "SHOW VARIABLES LIKE 'partial_revokes'")
  ).map((row) => ({ partial: row['Value'] }));
  const lines = [...grants, ...ofEverybody].map((row) => Object.values(row)[0] ?? '');
  return rightsOf(lines, database, partial !== 'ON');
}

/** The rights that these answers of SHOW GRANTS give. `_` and `%` are wildcards, but for servers with partial revokes. */
export function rightsOf(grants: readonly string[], database: string, wildcards = true): AccountRights {
  const everywhere = new Set<string>();
  const onDatabase = new Set<string>();
  const revoked = new Set<string>();
  const onTables = new Map<string, Set<string>>();
  for (const grant of grants) {
    const [, verb, listed = '', ofDatabase = '', ofTable = ''] = GRANT.exec(grant) ?? [];
    if (verb === undefined) continue;
    const rights = splitRights(listed);
    if (ofDatabase === '*') rights.forEach((right) => everywhere.add(right));
    else if (ofTable === '*') {
      if (!matches(unquote(ofDatabase), database, wildcards)) continue;
      rights.forEach((right) => (verb === 'REVOKE' ? revoked : onDatabase).add(right));
    } else if (unquote(ofDatabase) === database) {
      const table = unquote(ofTable);
      onTables.set(table, new Set([...(onTables.get(table) ?? []), ...rights]));
    }
  }
  const holds = (rights: ReadonlySet<string> | undefined, right: string): boolean =>
    rights !== undefined && (rights.has(right) || rights.has('ALL PRIVILEGES'));
  const has = (right: string): boolean =>
    holds(onDatabase, right) || (holds(everywhere, right) && !holds(revoked, right));
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

/** Whether the database of a grant, in which `_` and `%` are wildcards unless a backslash escapes them, is this one. */
function matches(pattern: string, database: string, wildcards: boolean): boolean {
  if (!wildcards) return pattern === database;
  const source = pattern.replaceAll(
    /\\([\\_%])|([_%])|([\s\S])/g,
    (_, escaped?: string, wildcard?: string, other?: string) => {
      if (wildcard !== undefined) return wildcard === '_' ? '[\\s\\S]' : '[\\s\\S]*';
      return (escaped ?? other ?? '').replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    },
  );
  return new RegExp(`^${source}$`).test(database);
}
