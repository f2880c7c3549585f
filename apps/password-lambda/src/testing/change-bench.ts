import { randomInt } from 'node:crypto';
import { SSMClient } from '@aws-sdk/client-ssm';
import { createJobLogger } from '@serverless-ops/job-logging';
import type { PasswordChangeResult } from '@serverless-ops/job-schemas';
import { connect } from '@serverless-ops/mysql-connect';
import type { RowDataPacket } from 'mysql2/promise';
import type { ChangeRequest } from '../change-request.ts';
import { performChange } from '../change/perform-change.ts';
import type { FakeParameterStore } from './fake-parameter-store.ts';

/** The part of a server for tests that is used here. */
export interface BenchServer {
  readonly port: number;
  readonly rootPassword: string;
}

export const PARAMETERS = {
  admin_user: '/ops/database_admins/shop/demo/db_user',
  admin_password: '/ops/database_admins/shop/demo/db_pass',
  password: '/ops/database_users/shop/demo/mary/password',
  password_pending: '/ops/database_users/shop/demo/mary/password_pending',
  last_change: '/ops/database_users/shop/demo/mary/last_change',
};

/** The request of a test that says nothing else. */
export function changeRequest(port: number, options: Partial<ChangeRequest> = {}): ChangeRequest {
  return {
    job_id: 'job-1',
    db_name: 'shop',
    db_env: 'demo',
    db_user: 'mary',
    generate: true,
    create_if_missing: false,
    discard_old_password: false,
    server: { host: '127.0.0.1', port },
    schema: 'shop',
    grant: null,
    parameters: PARAMETERS,
    ...options,
  };
}

export interface Performed {
  readonly result: PasswordChangeResult;
  readonly lines: string[];
}

/** Performs a change as the function does, and keeps what it logs. */
export async function perform(
  request: unknown,
  store: FakeParameterStore,
  options: { lines?: string[]; now?: () => Date; maxAttempts?: number } = {},
): Promise<PasswordChangeResult> {
  const { lines = [], now = () => new Date(), maxAttempts = 3 } = options;
  const client = new SSMClient({ ...store.clientConfig, maxAttempts });
  const fields = { job_id: 'job-1', job_name: 'password_change' };
  const jobLog = createJobLogger({ fields, destination: { write: (line) => void lines.push(line) } });
  try {
    const outside = { client, randomInteger: (limit: number) => randomInt(limit), now, jobLog };
    return await performChange(request, { databaseTls: 'verify', keyId: 'alias/ops' }, outside);
  } finally {
    client.destroy();
  }
}

/** The account that the server takes a login for, or the code of its refusal. */
export async function logIn(port: number, user: string, password: string): Promise<string> {
  try {
    const session = await connect({ host: '127.0.0.1', port, user, password, tls: { mode: 'loopback' } });
    try {
      const [[row]] = await session.query<RowDataPacket[]>('SELECT CURRENT_USER() AS account');
      return String(row?.['account']);
    } finally {
      session.destroy();
    }
  } catch (error) {
    return String((error as { code?: string }).code);
  }
}
