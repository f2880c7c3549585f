import { quoteLiteral } from '@serverless-ops/mysql-connect';
import * as z from 'zod';
import type { AdminSession, Row } from './admin-session.ts';
import { administrativeMariadbRights, administrativeMysqlRights } from './administrative-rights.ts';

/** One account on the server: a user name may have several, each for other hosts and each with its own password. */
export interface Account {
  readonly user: string;
  readonly host: string;
  /** How it logs in; `a OR b` where MariaDB accepts several ways, `a AND b` where MySQL wants several factors. */
  readonly plugin: string;
  /** Hash of the password; empty when none is set. */
  readonly hash: string;
  /** Hash of the password before, while that works too. */
  readonly retainedHash: string | undefined;
  /** Whether the server can keep the password before: MySQL from 8.0.14 on. */
  readonly canRetain: boolean;
  readonly isLocked: boolean;
  /** A role: no login uses it. MySQL makes roles as locked accounts without a password. */
  readonly isRole: boolean;
  /** What a connection needs before the server takes the password: nothing, TLS, or a certificate of the client. */
  readonly requires: 'nothing' | 'TLS' | 'a client certificate';
  /** Names of its rights on the whole server that make it an administrator or a replica. */
  readonly administrativeRights: readonly string[];
}

/** Where and as whom an account logs in. */
export type AccountName = Pick<Account, 'user' | 'host'>;

const blob = z.preprocess((value) => (Buffer.isBuffer(value) ? value.toString() : value), z.string().default(''));

const mysqlRow = z.looseObject({
  Host: z.string(),
  User: z.string(),
  plugin: z.string(),
  authentication_string: z.string().nullable(),
  account_locked: z.string(),
  password_expired: z.string(),
  ssl_type: z.string(),
  x509_issuer: blob,
  x509_subject: blob,
  /** Absent before 8.0.14. */
  User_attributes: z
    .object({
      additional_password: z.string().optional(),
      /** The second and third factor of a login. */
      multi_factor_authentication: z.array(z.looseObject({ plugin: z.string() })).default([]),
    })
    .nullable()
    .optional(),
});

/** What MariaDB's `ssl_type` counts: nothing required, TLS, any certificate, a certain certificate or cipher. */
const MARIADB_ANY_TLS = 1;
const MARIADB_ANY_CERTIFICATE = 2;
const MARIADB_SPECIFIED = 3;

/** MariaDB's view mysql.user hides that an account has other ways to log in, and a change would take them away. */
const mariadbRow = z.object({
  Host: z.string(),
  User: z.string(),
  Priv: z.preprocess(
    (value) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value),
    z.object({
      access: z.number().default(0),
      plugin: z.string().default('mysql_native_password'),
      authentication_string: z.string().default(''),
      auth_or: z.array(z.object({ plugin: z.string().optional() })).default([]),
      is_role: z.boolean().default(false),
      account_locked: z.boolean().default(false),
      ssl_type: z.number().default(0),
      x509_issuer: z.string().default(''),
      x509_subject: z.string().default(''),
    }),
  ),
});

/** Every account of exactly this user name. */
export async function findAccounts(session: AdminSession, user: string): Promise<Account[]> {
  const from = session.flavor === 'mariadb' ? 'mysql.global_priv' : 'mysql.user';
  const rows = await session.query(`SELECT * FROM ${from} WHERE User = ${quoteLiteral(user)}`, {
    missingRight: `SELECT ON ${from}`,
  });
  const accounts = rows.map(session.flavor === 'mariadb' ? fromMariadb : fromMysql);
  // Servers compare names without regard to spaces at their end.
  return accounts.filter((account) => account.user === user);
}

/** The same without roles of that name, which have no password; with them when there is nothing else. */
export async function findLogins(session: AdminSession, user: string): Promise<Account[]> {
  const accounts = await findAccounts(session, user);
  const logins = accounts.filter(({ isRole }) => !isRole);
  return logins.length > 0 ? logins : accounts;
}

function fromMysql(row: Row): Account {
  const parsed = mysqlRow.parse(row);
  const { Host: host, User: user, authentication_string: hash, User_attributes } = parsed;
  const factors = User_attributes?.multi_factor_authentication ?? [];
  const plugin = [parsed, ...factors].map((factor) => factor.plugin).join(' AND ');
  const isLocked = parsed.account_locked === 'Y';
  const wantsCertificate = parsed.ssl_type === 'X509' || parsed.x509_issuer !== '' || parsed.x509_subject !== '';
  const wantsTls = parsed.ssl_type !== '';
  return {
    ...{ user, host, plugin, isLocked, hash: hash ?? '' },
    retainedHash: User_attributes?.additional_password,
    canRetain: User_attributes !== undefined,
    isRole: isLocked && (hash ?? '') === '' && parsed.password_expired === 'Y',
    requires: wantsCertificate ? 'a client certificate' : wantsTls ? 'TLS' : 'nothing',
    administrativeRights: administrativeMysqlRights(row),
  };
}

function fromMariadb(row: Row): Account {
  const { Host: host, User: user, Priv } = mariadbRow.parse(row);
  // The one of the account itself has its place among the others, and no name there.
  const ways = Priv.auth_or.length === 0 ? [{}] : Priv.auth_or;
  const plugin = ways.map((way: { plugin?: string | undefined }) => way.plugin ?? Priv.plugin).join(' OR ');
  const wantsCertificate =
    Priv.ssl_type === MARIADB_ANY_CERTIFICATE ||
    (Priv.ssl_type === MARIADB_SPECIFIED && (Priv.x509_issuer !== '' || Priv.x509_subject !== ''));
  return {
    ...{ user, host, plugin, hash: Priv.authentication_string, retainedHash: undefined, canRetain: false },
    isLocked: Priv.account_locked,
    isRole: Priv.is_role,
    requires: wantsCertificate ? 'a client certificate' : Priv.ssl_type >= MARIADB_ANY_TLS ? 'TLS' : 'nothing',
    administrativeRights: administrativeMariadbRights(Priv.access),
  };
}
