import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { databaseAdminParameterPath, databaseUserParameterPath, resourceNames } from '@serverless-ops/names';
import { createPasswordAdmin, startLocalCloud, type DatabaseServer } from '@serverless-ops/test-servers';

const PREFIX = '/serverlessops';
const DATABASE = { dbName: 'bench', dbEnv: 'bench' };
const KEY_ID = resourceNames('serverlessops').keyAlias;

/**
 * Milliseconds that calls of the function take which changes passwords, in one warm process, against a real server and
 * the local cloud's Parameter Store: each makes a new password, stores it, changes it and proves it.
 */
export async function measureWarmCalls(
  handlerFile: string,
  { server, workspaceRoot, calls }: { server: DatabaseServer; workspaceRoot: string; calls: number },
): Promise<number[]> {
  await using stack = new AsyncDisposableStack();
  const cloud = stack.adopt(await startLocalCloud({ workspaceRoot }), (started) => started.stop());
  const ssm = new SSMClient(cloud.client);
  const admin = databaseAdminParameterPath(PREFIX, DATABASE.dbName, DATABASE.dbEnv);
  const mary = databaseUserParameterPath(PREFIX, { ...DATABASE, dbUser: 'mary' });
  await server.query("CREATE USER 'mary'@'%' IDENTIFIED BY 'before'");
  await put(`${admin}/db_user`, 'password_admin', 'String');
  await put(`${admin}/db_pass`, await createPasswordAdmin(server, DATABASE.dbName), 'SecureString');
  await put(`${mary}/password`, 'before', 'SecureString');

  const event = {
    job_id: 'bench',
    db_name: DATABASE.dbName,
    db_env: DATABASE.dbEnv,
    db_user: 'mary',
    generate: true,
    create_if_missing: false,
    discard_old_password: false,
    server: { host: server.host, port: server.port },
    schema: DATABASE.dbName,
    grant: null,
    account: 'application',
    parameter_prefix: PREFIX,
    parameters: {
      admin_user: `${admin}/db_user`,
      admin_password: `${admin}/db_pass`,
      password: `${mary}/password`,
      new_password: `${mary}/new_password`,
      password_pending: `${mary}/password_pending`,
      last_change: `${mary}/last_change`,
    },
  };
  const child = fork(
    join(import.meta.dirname, 'warm-calls-main.ts'),
    [handlerFile, JSON.stringify(event), String(calls)],
    {
      env: { ...cloud.environment, DATABASE_TLS: 'verify', KEY_ID },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`The calls ended with ${String(code)}`);
  });
  const [durationsMs] = (await Promise.race([once(child, 'message'), exited])) as [number[]];
  exited.catch(() => undefined);
  return durationsMs;

  async function put(name: string, value: string, type: 'String' | 'SecureString'): Promise<void> {
    const key = type === 'SecureString' ? { KeyId: KEY_ID } : {};
    await ssm.send(new PutParameterCommand({ Name: name, Value: value, Type: type, Overwrite: true, ...key }));
  }
}
