import { JobError } from '@serverless-ops/job-schemas';
import {
  connect,
  LIMIT_REACHED,
  mysqlErrorCode,
  translateMysqlError,
  type ServerConnection,
} from '@serverless-ops/mysql-connect';
import type { RowDataPacket } from 'mysql2/promise';
import type { AccountName } from './accounts.ts';
import { CONNECT_TIMEOUT_MS } from './admin-session.ts';

/** Why a login did not prove anything, without a full stop; undefined when it did. */
export type FailedProof = string | undefined;

/** Answers that a server gives only after it has accepted the password: a limit, or a broken init_connect. */
const AFTER_AUTHENTICATION: readonly string[] = [...LIMIT_REACHED, 'ER_NEW_ABORTING_CONNECTION'];

/** The same for a password that has expired: a change makes it anew. */
const EXPIRED: readonly string[] = ['ER_MUST_CHANGE_PASSWORD', 'ER_MUST_CHANGE_PASSWORD_LOGIN'];

/**
 * Logs in and asks the server which account it took us for: an anonymous account would let us in under any name.
 * Throws JobError when the server could not be asked at all.
 */
export async function proveLogin(connection: ServerConnection, accounts: readonly AccountName[]): Promise<FailedProof> {
  return logIn(connection, accounts, AFTER_AUTHENTICATION);
}

/**
 * The same with the present password, before a change: whatever would keep a login with the next one from being proven
 * shows itself here. Throws JobError SessionSetupFailed when the server lets the account in and ends the session.
 */
export async function rehearseLogin(
  connection: ServerConnection,
  accounts: readonly AccountName[],
): Promise<FailedProof> {
  return logIn(connection, accounts, [...LIMIT_REACHED, ...EXPIRED]);
}

async function logIn(
  connection: ServerConnection,
  accounts: readonly AccountName[],
  accepted: readonly string[],
): Promise<FailedProof> {
  try {
    const session = await connect(connection, { timeoutMs: CONNECT_TIMEOUT_MS });
    try {
      const [[row]] = await session.query<RowDataPacket[]>('SELECT CURRENT_USER() AS account');
      const account = String(row?.['account']);
      const isOurs = accounts.some(({ user, host }) => account === `${user}@${host}`);
      return isOurs ? undefined : `the server took us for ${JSON.stringify(account)}`;
    } catch (error) {
      throw translateMysqlError(error, connection);
    } finally {
      session.destroy();
    }
  } catch (error) {
    if (!(error instanceof JobError)) throw error;
    if (accepted.includes(mysqlErrorCode(error.cause) ?? '')) return undefined;
    if (error.code !== 'AccessDenied') throw error;
    return whyRefused(error);
  }
}

/** A refusal says nothing about the password unless it says what else is in the way; then it also says what to do. */
function whyRefused({ cause, message }: JobError): string {
  if (!(cause instanceof Error)) return message;
  if (mysqlErrorCode(cause)?.startsWith('ER_ACCESS_DENIED') === true) return cause.message;
  const [, told = message] = /, as user ".*?": (.*?)\.$/s.exec(message) ?? [];
  return `${cause.message}: ${told}`;
}

/** What to do when the server has the password and still does not let us in with it. */
export function unproven(request: {
  accounts: readonly AccountName[];
  address: string;
  standsIn: string;
  reason: string;
}): JobError {
  const { accounts, address, standsIn, reason } = request;
  const hosts = accounts.map(({ host }) => JSON.stringify(host)).join(', ');
  return new JobError(
    'PasswordUnproven',
    `A login as ${JSON.stringify(accounts[0]?.user)} with the password of ${standsIn} failed: ${reason}. ` +
      `The login came from ${address}, and the accounts of this name are for ${hosts}. The server has that password, ` +
      'and Parameter Store keeps it there. Check at the server that one of these hosts includes the address, and that the ' +
      'account is neither locked nor blocked after failed logins; then order the job again, which takes up from here.',
  );
}
