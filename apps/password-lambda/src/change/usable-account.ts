import { JobError } from '@serverless-ops/job-schemas';
import { quoteAccount } from '@serverless-ops/mysql-connect';
import type { Account, AccountName } from './accounts.ts';
import type { AdminSession } from './admin-session.ts';
import { matchesHost, specificityOf } from './match-host.ts';

/**
 * The account that the server will take our login for. It refuses everything that the server's tables say against such a
 * login, before anything is changed. Throws JobError AccountUnusable, InvalidRequest for a role.
 */
export async function usableAccount(accounts: readonly Account[], session: AdminSession): Promise<Account> {
  const role = accounts.find(({ isRole }) => isRole);
  if (role !== undefined) {
    throw new JobError(
      'InvalidRequest',
      `${JSON.stringify(role.user)} is a role on the server, and no login is possible with a role. Nothing was done. ` +
        'Set db_user to the account that logs in.',
    );
  }
  const account = firstMatching(accounts, session);
  if (account === undefined) throw unusable(accounts, otherHosts(accounts, session));
  const anonymous = firstMatching(await anonymousAccounts(session), session);
  if (anonymous !== undefined && specificityOf(anonymous.host) > specificityOf(account.host)) {
    throw unusable(
      accounts,
      `the anonymous account for ${JSON.stringify(anonymous.host)} comes first for logins from ${session.address}. ` +
        `Drop it: DROP USER ''@${quoted(anonymous.host)}`,
    );
  }
  const name = quoteAccount(account.user, account.host);
  if (account.isLocked) {
    throw unusable(accounts, `${name} is locked. Unlock it first: ALTER USER ${name} ACCOUNT UNLOCK`);
  }
  if (account.requires === 'a client certificate') {
    throw unusable(
      accounts,
      `${name} requires a client certificate, which a job has not. Let it require TLS alone (ALTER USER ${name} ` +
        'REQUIRE SSL), or change its password by hand',
    );
  }
  if (account.requires === 'TLS' && !session.isEncrypted) {
    throw unusable(
      accounts,
      `${name} requires TLS, and the job's connection to the server has none. Switch TLS on at the server; a job uses ` +
        'none for a host on its own machine',
    );
  }
  return account;
}

/** Throws JobError AccountUnusable when an account that is to be created is not for the address of the job. */
export function assertHostMatches(account: AccountName, session: AdminSession): void {
  if (firstMatching([account], session) !== undefined) return;
  throw unusable([account], otherHosts([account], session));
}

function firstMatching<Name extends AccountName>(accounts: readonly Name[], session: AdminSession): Name | undefined {
  const matching = accounts.filter(({ host }) => {
    const answers = session.addresses.map((address) => matchesHost(host, address, session.flavor === 'mysql'));
    // Not sure is not no: the login itself will tell.
    return answers.includes(true) || answers.includes(undefined);
  });
  return matching.sort((one, other) => specificityOf(other.host) - specificityOf(one.host))[0];
}

function otherHosts(accounts: readonly AccountName[], { address }: AdminSession): string {
  const hosts = accounts.map(({ host }) => JSON.stringify(host)).join(', ');
  return (
    `the accounts of this name are for ${hosts}, and the job logs in from ${address}. Create one for the subnets of the ` +
    'job with the same name, or change the password by hand'
  );
}

async function anonymousAccounts(session: AdminSession): Promise<AccountName[]> {
  const table = session.flavor === 'mariadb' ? 'mysql.global_priv' : 'mysql.user';
  const rows = await session.query(`SELECT User, Host FROM ${table} WHERE User = ''`, {
    missingRight: `SELECT ON ${table}`,
  });
  return rows.map((row) => ({ user: '', host: String(row['Host']) }));
}

export function unusable(accounts: readonly AccountName[], why: string): JobError {
  return new JobError(
    'AccountUnusable',
    `The job could not prove a new password of ${JSON.stringify(accounts[0]?.user)}, so it changed nothing: ${why}. ` +
      'Then order the job again.',
  );
}

const quoted = (host: string): string => `'${host.replaceAll("'", "''")}'`;
