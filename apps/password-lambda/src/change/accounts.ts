import { quoteLiteral } from '@serverless-ops/mysql-connect';
import * as z from 'zod';
import type { AdminSession, Row } from './admin-session.ts';

/** One account on the server: a user name may have several, each for other hosts and each with its own password. */
export interface Account {
  readonly user: string;
  readonly host: string;
  /** How it logs in; `a OR b` where MariaDB accepts several ways. */
  readonly plugin: string;
  /** Hash of the password; empty when none is set. */
  readonly hash: string;
  /** Hash of the password before, while that works too. */
  readonly retainedHash: string | undefined;
  /** Whether the server can keep the password before: MySQL from 8.0.14 on. */
  readonly canRetain: boolean;
}

const mysqlRow = z.object({
  Host: z.string(),
  User: z.string(),
  plugin: z.string(),
  authentication_string: z.string().nullable(),
  /** Absent before 8.0.14. */
  User_attributes: z.object({ additional_password: z.string().optional() }).nullable().optional(),
});

/** MariaDB's view mysql.user hides that an account has other ways to log in, and a change would take them away. */
const mariadbRow = z.object({
  Host: z.string(),
  User: z.string(),
  Priv: z.preprocess(
    (value) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value),
    z.object({
      plugin: z.string().default('mysql_native_password'),
      authentication_string: z.string().default(''),
      auth_or: z.array(z.object({ plugin: z.string().optional() })).default([]),
      is_role: z.boolean().default(false),
    }),
  ),
});

/** Every account of exactly this user name. */
export async function findAccounts(session: AdminSession, user: string): Promise<Account[]> {
  const from = session.flavor === 'mariadb' ? 'mysql.global_priv' : 'mysql.user';
  const rows = await session.query(`SELECT * FROM ${from} WHERE User = ${quoteLiteral(user)}`);
  const accounts = rows.flatMap(session.flavor === 'mariadb' ? fromMariadb : fromMysql);
  // Servers compare names without regard to spaces at their end.
  return accounts.filter((account) => account.user === user);
}

function fromMysql(row: Row): Account[] {
  const { Host: host, User: user, plugin, authentication_string: hash, User_attributes } = mysqlRow.parse(row);
  const retainedHash = User_attributes?.additional_password;
  return [{ user, host, plugin, hash: hash ?? '', retainedHash, canRetain: User_attributes !== undefined }];
}

function fromMariadb(row: Row): Account[] {
  const { Host: host, User: user, Priv } = mariadbRow.parse(row);
  if (Priv.is_role) return [];
  // The one of the account itself has its place among the others, and no name there.
  const ways = Priv.auth_or.length === 0 ? [{}] : Priv.auth_or;
  const plugin = ways.map((way: { plugin?: string | undefined }) => way.plugin ?? Priv.plugin).join(' OR ');
  return [{ user, host, plugin, hash: Priv.authentication_string, retainedHash: undefined, canRetain: false }];
}
