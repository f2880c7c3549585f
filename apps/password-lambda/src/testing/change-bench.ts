import { randomInt } from 'node:crypto';
import { SSMClient } from '@aws-sdk/client-ssm';
import { createJobLogger } from '@serverless-ops/job-logging';
import { JobError, type PasswordChangeResult } from '@serverless-ops/job-schemas';
import { connect } from '@serverless-ops/mysql-connect';
import { startScriptedParameterStore, type ScriptedParameterStore } from '@serverless-ops/test-servers';
import type { RowDataPacket } from 'mysql2/promise';
import type { ChangeRequest } from '../change-request.ts';
import { performChange } from '../change/perform-change.ts';
import { openGeneralLog } from './general-log.ts';

/** What is used here of a server for tests. */
export interface BenchServer {
  readonly flavor: 'mariadb' | 'mysql';
  readonly port: number;
  readonly rootPassword: string;
  query(sql: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Names of the parameters of a request that says nothing else. */
export const PARAMETERS = {
  admin_user: '/ops/database_admins/shop/demo/db_user',
  admin_password: '/ops/database_admins/shop/demo/db_pass',
  password: '/ops/database_users/shop/demo/mary/password',
  new_password: '/ops/database_users/shop/demo/mary/new_password',
  password_pending: '/ops/database_users/shop/demo/mary/password_pending',
  last_change: '/ops/database_users/shop/demo/mary/last_change',
};

/** A request to generate a new password for mary, unless `options` say otherwise. */
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
    account: 'application',
    parameter_prefix: '/ops',
    parameters: PARAMETERS,
    ...options,
  };
}

/** Performs a change as the function does; what it logs is added to `lines`. */
export async function perform(
  request: unknown,
  store: ScriptedParameterStore,
  lines: string[] = [],
): Promise<PasswordChangeResult> {
  const client = new SSMClient(store.clientConfig);
  const fields = { job_id: 'job-1', job_name: 'password_change' };
  const jobLog = createJobLogger({ fields, destination: { write: (line) => void lines.push(line) } });
  try {
    const outside = { client, randomInteger: (limit: number) => randomInt(limit), now: () => new Date(), jobLog };
    return await performChange(request, { databaseTls: 'verify', keyId: 'alias/ops' }, outside);
  } finally {
    client.destroy();
  }
}

/** The account that the server takes a login for, or the code of the refusal. */
async function logIn(port: number, user: string, password: string): Promise<string> {
  try {
    const session = await connect({ host: '127.0.0.1', port, user, password, tls: { mode: 'loopback' } });
    try {
      const [[row]] = await session.query<RowDataPacket[]>('SELECT CURRENT_USER() AS account');
      return String(row?.['account']);
    } finally {
      session.destroy();
    }
  } catch (error) {
    if (error instanceof JobError) return error.code;
    throw error;
  }
}

/** A server and a Parameter Store that knows its administrator, with what a test does to them. */
export interface ChangeBench {
  readonly server: BenchServer;
  readonly store: ScriptedParameterStore;
  /** What was logged. */
  readonly lines: string[];
  change(options?: Partial<ChangeRequest>): Promise<PasswordChangeResult>;
  /** As `change`, for one that has to fail. */
  failure(options?: Partial<ChangeRequest>): Promise<JobError>;
  /** The account that the server takes `user` for, with this password or the one that Parameter Store has. */
  logIn(password?: string, user?: string): Promise<string>;
  /** Leaves the server running. Throws when its general log has a password, whatever the test was about. */
  stop(): Promise<void>;
}

/** A shorter password may be in a statement by chance. */
const NO_CHANCE = 6;

/** Every password that Parameter Store was ever given; other settings may be encrypted, too. */
function* passwordsIn(store: ScriptedParameterStore): Generator<string> {
  for (const { name } of store.parameters.list()) if (isPassword(name)) yield* store.values(name);
  for (const { input } of store.recorded) if (isPassword(String(input['Name']))) yield String(input['Value']);
}

const isPassword = (name: string): boolean => /\/(db_pass|password|new_password|password_pending)$/.test(name);

/** Sets one up. */
export async function startChangeBench(server: BenchServer): Promise<ChangeBench> {
  const store = await startScriptedParameterStore();
  store.put(PARAMETERS.admin_user, 'root', 'String');
  store.put(PARAMETERS.admin_password, server.rootPassword);
  const log = await openGeneralLog(server);
  const lines: string[] = [];
  const change: ChangeBench['change'] = (options) => perform(changeRequest(server.port, options), store, lines);
  return {
    server,
    store,
    lines,
    change,
    failure: (options) =>
      change(options).then(
        (result) => Promise.reject(new Error(`Expected a failure, not ${JSON.stringify(result)}`)),
        (error: unknown) => (error instanceof JobError ? error : Promise.reject(error as Error)),
      ),
    logIn: (password = store.get(PARAMETERS.password) ?? '', user = 'mary') => logIn(server.port, user, password),
    async stop() {
      await store.stop();
      const secrets = [...passwordsIn(store)].filter(({ length }) => length >= NO_CHANCE);
      const shown = await log.linesWith(secrets);
      if (shown.length > 0) throw new Error(`The general log shows a password:\n${shown.join('\n')}`);
    },
  };
}
