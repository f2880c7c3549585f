import type { SSMClient } from '@aws-sdk/client-ssm';
import { JobError } from '@serverless-ops/job-schemas';
import { databaseAdminParameterPath, databaseParameterPath, databaseUserParameterPath } from '@serverless-ops/names';
import { lookUpCredentials, readParameters, type NamedParameter } from '@serverless-ops/parameter-lookup';
import { isSecretReference } from '@serverless-ops/parameter-rules';
import type { ChangeRequest } from '../change-request.ts';
import type { ChangeContext } from './change-context.ts';
import { filedDatabases, isOnServer } from './same-server.ts';

type Outside = Pick<ChangeContext, 'client' | 'log'>;

/** GetParameters takes so many names. */
const NAMES_PER_CALL = 10;

/**
 * Every other parameter that holds the password of this account: `db_pass` of the databases of the server that jobs log
 * in to with it, and `password` where it is filed under another database of the server. A change writes each of them.
 *
 * Throws JobError InvalidRequest for one that a change cannot write: a reference to Secrets Manager, or the login of the
 * account that changes others for another database. Throws ParameterInvalid for a password in clear text.
 */
export async function otherPlaces(request: ChangeRequest, { client, log }: Outside): Promise<NamedParameter[]> {
  const { db_user: user, parameter_prefix: parameterPrefix, server } = request;
  const databases = await filedDatabases('databases', { client, parameterPrefix });
  const here = databases.filter(
    (database) =>
      isOnServer(database, server) || (database.dbName === request.db_name && database.dbEnv === request.db_env),
  );
  await refuseOtherAdmins(request, here, client);
  const paths = here.map(({ dbName, dbEnv }) => databaseParameterPath(parameterPrefix, dbName, dbEnv));
  const users = await readMany(
    paths.map((path) => `${path}/db_user`),
    client,
  );
  const names = here.map(
    ({ dbName, dbEnv }) => `${databaseUserParameterPath(parameterPrefix, { dbName, dbEnv, dbUser: user })}/password`,
  );
  for (const path of paths) {
    const login = users.get(`${path}/db_user`)?.value ?? '';
    if (isSecretReference(login)) await refuseSecretOf(user, path, { client, log });
    if (login === user) names.push(`${path}/db_pass`);
  }
  const found = await readMany(
    names.filter((name) => name !== request.parameters.password),
    client,
  );
  for (const place of found.values()) refuseUnwritable(place, user);
  return [...found.values()];
}

async function readMany(names: readonly string[], client: SSMClient): Promise<Map<string, NamedParameter>> {
  const found = new Map<string, NamedParameter>();
  for (let at = 0; at < names.length; at += NAMES_PER_CALL) {
    const page = await readParameters(names.slice(at, at + NAMES_PER_CALL), client);
    for (const [name, parameter] of page) found.set(name, parameter);
  }
  return found;
}

/** A secret that cannot be read cannot be compared: it may be that of another account, and then is no reason to refuse. */
async function refuseSecretOf(user: string, path: string, { client, log }: Outside): Promise<void> {
  const parameters = { userParameter: `${path}/db_user`, passwordParameter: `${path}/db_pass` };
  const login = await lookUpCredentials({ client, ...parameters }).catch((error: unknown) => {
    if (error instanceof JobError && error.retryable) throw error;
    log.warn({ err: error }, `cannot tell whether jobs log in as this account: ${path}/db_user`);
    return undefined;
  });
  if (login?.user !== user) return;
  throw new JobError(
    'InvalidRequest',
    `Jobs log in as ${JSON.stringify(user)} with the secret that ${path}/db_user refers to. Nothing was done: the secret ` +
      'would keep the former password. Let Secrets Manager or RDS rotate it, or give jobs another account.',
  );
}

async function refuseOtherAdmins(
  { db_user: user, parameter_prefix: parameterPrefix }: ChangeRequest,
  here: readonly { dbName: string; dbEnv: string }[],
  client: SSMClient,
): Promise<void> {
  const admins = await filedDatabases('database_admins', { client, parameterPrefix });
  const admin = admins.find(
    ({ dbName, dbEnv, settings }) =>
      settings.get('db_user') === user && here.some((one) => one.dbName === dbName && one.dbEnv === dbEnv),
  );
  if (admin === undefined) return;
  const path = databaseAdminParameterPath(parameterPrefix, admin.dbName, admin.dbEnv);
  throw new JobError(
    'InvalidRequest',
    `${JSON.stringify(user)} is the account that changes others on this server for ${admin.dbName}/${admin.dbEnv} ` +
      `(${path}/db_user). Nothing was done. Change its password by hand, and store it as ${path}/db_pass.`,
  );
}

function refuseUnwritable({ name, value, isSecureString }: NamedParameter, user: string): void {
  if (isSecretReference(value)) {
    throw new JobError(
      'InvalidRequest',
      `Jobs log in as ${JSON.stringify(user)} with the secret that ${name} refers to (${value}). Nothing was done: the ` +
        'secret would keep the former password. Let Secrets Manager or RDS rotate it, or give jobs another account.',
    );
  }
  if (!isSecureString) {
    throw new JobError(
      'ParameterInvalid',
      `${name} holds the password of ${JSON.stringify(user)} in clear text. Nothing was done. Delete it, store it as a ` +
        'SecureString, and order the job again.',
    );
  }
}
