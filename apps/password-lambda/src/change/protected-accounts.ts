import { JobError } from '@serverless-ops/job-schemas';
import { quoteLiteral } from '@serverless-ops/mysql-connect';
import type { AccountKind } from '@serverless-ops/names';
import type { Grant } from '@serverless-ops/parameter-rules';
import { findAccounts, type Account } from './accounts.ts';
import { isAdministrativeDynamicPrivilege, SYSTEM_WRITES } from './administrative-rights.ts';
import type { AdminSession, Row } from './admin-session.ts';

/** The account that every server begins with, whatever its rights are by now. */
const ROOT = 'root';

/** Roles may be granted to roles; a longer chain than this is a loop that no server allows. */
const MAX_ROLES = 1000;

const SYSTEM_DATABASE = 'mysql';

/**
 * Refuses accounts with the rights of an administrator or of replication unless operations has registered them as
 * privileged. Throws JobError AccountProtected.
 */
export async function refuseProtected(
  accounts: readonly Account[],
  registration: { readonly user: string; readonly kind: AccountKind },
  session: AdminSession,
): Promise<void> {
  if (registration.kind === 'privileged') return;
  const { user } = registration;
  const rights = new Set(user === ROOT ? ['the name root'] : []);
  for (const account of accounts) for (const right of await rightsOf(account, session)) rights.add(right);
  if (rights.size > 0) throw protectedAccount(user, [...rights], 'It has');
}

/** The same for an account that is still to be created, with the rights of its grant. Throws JobError AccountProtected. */
export function refuseProtectedGrant(grant: Grant, user: string, kind: AccountKind): void {
  if (kind === 'privileged') return;
  const rights = user === ROOT ? ['the name root'] : [];
  const { on, privileges, withGrantOption } = grant;
  if (on.level === 'global') {
    const names = privileges.map(({ name }) => name);
    rights.push(...names.filter((name) => ADMINISTRATIVE_GRANTS.includes(name)).map((name) => `${name} ON *.*`));
    if (withGrantOption) rights.push('GRANT OPTION ON *.*');
  } else if (on.database.toLowerCase() === SYSTEM_DATABASE) {
    rights.push(`a grant on the database ${SYSTEM_DATABASE}`);
  }
  if (rights.length > 0) throw protectedAccount(user, rights, 'Its grant gives');
}

const ADMINISTRATIVE_GRANTS: readonly string[] = [
  ...['ALL', 'ALL PRIVILEGES', 'SUPER', 'CREATE USER', 'REPLICATION SLAVE', 'SHUTDOWN'],
  ...SYSTEM_WRITES,
];

function protectedAccount(user: string, rights: readonly string[], has: string): JobError {
  return new JobError(
    'AccountProtected',
    `The account ${JSON.stringify(user)} is registered as an application. ${has} the rights of an administrator or of ` +
      `replication: ${rights.join(', ')}. Nothing was done. Revoke these rights, or register it as "privileged" ` +
      '(its parameter "account") if jobs are to change it.',
  );
}

/** The administrative rights of an account: its own, and those of every role that it can take on. */
async function rightsOf(account: Account, session: AdminSession): Promise<string[]> {
  const { flavor } = session;
  const rights: string[] = [];
  const grantees: Grantee[] = [{ user: account.user, host: account.host }, ...rolesOfEverybody(session)];
  const edges = await readRoles(session);
  for (const [index, grantee] of grantees.entries()) {
    if (index > MAX_ROLES) break;
    const via = index === 0 ? '' : ` (by the role ${grantee.user})`;
    const own = index === 0 ? [account] : (await findAccounts(session, grantee.user)).filter(isSame(grantee));
    const found = [
      ...own.flatMap(({ administrativeRights }) => administrativeRights),
      ...(flavor === 'mysql' ? await dynamicRights(grantee, session) : []),
      ...(await systemWrites(grantee, session)),
    ];
    rights.push(...found.map((right) => `${right}${via}`));
    for (const { role, to } of edges) if (isSame(to)(grantee) && !grantees.some(isSame(role))) grantees.push(role);
  }
  return rights;
}

interface Grantee {
  readonly user: string;
  readonly host: string;
}

/** MariaDB's role PUBLIC, and those that MySQL's variable mandatory_roles lists: every account has them, and no table says so. */
function rolesOfEverybody(session: AdminSession): Grantee[] {
  if (session.flavor === 'mariadb') return [{ user: 'PUBLIC', host: '' }];
  const roles = session.variable('mandatory_roles')?.matchAll(MANDATORY_ROLE) ?? [];
  return [...roles].map(({ groups: { user = '', host = '%' } = {} }) => ({
    user: unquoted(user),
    host: unquoted(host),
  }));
}

/** `role`, `role@host` and both in quotes: names as MySQL's manual has them in mandatory_roles. */
const MANDATORY_ROLE = /(?<user>`[^`]*`|'[^']*'|"[^"]*"|[^\s,@]+)(?:@(?<host>`[^`]*`|'[^']*'|"[^"]*"|[^\s,]+))?/g;

const unquoted = (name: string): string => name.replace(/^([`'"])(.*)\1$/, '$2');

const isSame =
  (one: Grantee) =>
  (other: Grantee): boolean =>
    one.user === other.user && one.host === other.host;

async function readRoles(session: AdminSession): Promise<{ role: Grantee; to: Grantee }[]> {
  if (session.flavor === 'mariadb') {
    const rows = await read(session, 'mysql.roles_mapping', '1 = 1');
    return rows.map((row) => ({
      role: { user: String(row['Role']), host: '' },
      to: { user: String(row['User']), host: String(row['Host']) },
    }));
  }
  if (!session.hasRoles) return [];
  const rows = await read(session, 'mysql.role_edges', '1 = 1');
  return rows.map((row) => ({
    role: { user: String(row['FROM_USER']), host: String(row['FROM_HOST']) },
    to: { user: String(row['TO_USER']), host: String(row['TO_HOST']) },
  }));
}

async function dynamicRights({ user, host }: Grantee, session: AdminSession): Promise<string[]> {
  if (!session.hasRoles) return [];
  const where = `USER = ${quoteLiteral(user)} AND HOST = ${quoteLiteral(host)}`;
  const rows = await read(session, 'mysql.global_grants', where);
  return rows.map(({ PRIV: name }) => String(name)).filter((name) => isAdministrativeDynamicPrivilege(name));
}

/** Who may write the tables that hold the accounts can make an administrator of any account. */
async function systemWrites({ user, host }: Grantee, session: AdminSession): Promise<string[]> {
  const where = `User = ${quoteLiteral(user)} AND Host = ${quoteLiteral(host)}`;
  const databases = await read(session, 'mysql.db', `${where} AND '${SYSTEM_DATABASE}' LIKE Db`);
  const tables = await read(session, 'mysql.tables_priv', `${where} AND Db = '${SYSTEM_DATABASE}'`);
  const writes = [
    ...databases.flatMap((row) =>
      SYSTEM_WRITES.filter((name) => row[`${name.charAt(0)}${name.slice(1).toLowerCase()}_priv`] === 'Y'),
    ),
    // A right on a single column is listed apart, and a name or a hash in it is enough.
    ...tables.flatMap(({ Table_priv: list, Column_priv: ofColumns }) =>
      SYSTEM_WRITES.filter((name) => [...listed(list), ...listed(ofColumns)].includes(name)),
    ),
  ];
  return [...new Set(writes)].map((name) => `${name} ON ${SYSTEM_DATABASE}.*`);
}

/** A SET of MySQL, as the driver gives it. */
function listed(value: unknown): string[] {
  const names = Array.isArray(value) ? value.map(String) : String(value).split(',');
  return names.map((name) => name.toUpperCase());
}

function read(session: AdminSession, table: string, where: string): Promise<Row[]> {
  return session.query(`SELECT * FROM ${table} WHERE ${where}`, { missingRight: `SELECT ON ${table}` });
}
