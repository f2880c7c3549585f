import type { SSMClient } from '@aws-sdk/client-ssm';
import { JobError } from '@serverless-ops/job-schemas';
import {
  DATABASE_PARAMETERS,
  databaseParameterPath,
  DB_HOST_DRYRUN,
  type DatabaseParameter,
} from '@serverless-ops/names';
import { readParametersBelow, type DecryptedParameter } from './read-parameters.ts';
import { resolveParameter, valuesOf, type Problem } from './resolve-parameter.ts';
import { followReferences, type FollowReference } from './follow-references.ts';

export type DatabaseValues = Partial<Record<DatabaseParameter, string>>;

type DatabaseEntry = DecryptedParameter & { name: DatabaseParameter };

/**
 * What Parameter Store holds for one database, decrypted, references to Secrets Manager followed.
 *
 * Throws `JobError`: `ParameterMissing` when its path holds nothing at all, `ParameterInvalid` with every value that
 * its parameter cannot have, a password that is not a SecureString or a reference that leads nowhere, `AccessDenied`,
 * `InternalError`.
 */
export async function lookUpDatabase(request: {
  client: SSMClient;
  parameterPrefix: string;
  dbName: string;
  dbEnv: string;
  /** Parameters whose values the caller has from elsewhere: left alone, whatever is stored. @default none */
  alreadyGiven?: readonly DatabaseParameter[];
}): Promise<DatabaseValues> {
  const { client, parameterPrefix, dbName, dbEnv, alreadyGiven = [] } = request;
  const path = databaseParameterPath(parameterPrefix, dbName, dbEnv);
  const stored = await readParametersBelow(path, client);
  if (stored.length === 0) throw nothingBelow(path, dbName, dbEnv);

  const entries = stored.filter(isDatabaseEntry).filter(({ name }) => !alreadyGiven.includes(name));
  // A dry run uses no other value, so it must not fail for one that is still to be filled in.
  if (entries.some(({ name, value }) => name === 'db_host' && value === DB_HOST_DRYRUN)) {
    return { db_host: DB_HOST_DRYRUN };
  }
  const follow = followReferences(client);
  const outcomes = await Promise.all(entries.map((entry) => resolve(entry, path, follow)));
  return Object.fromEntries(valuesOf(outcomes).map(({ name, value }) => [name, value]));
}

const isDatabaseEntry = (stored: DecryptedParameter): stored is DatabaseEntry =>
  (DATABASE_PARAMETERS as readonly string[]).includes(stored.name);

async function resolve(
  { name, value, isSecureString }: DatabaseEntry,
  path: string,
  follow: FollowReference,
): Promise<{ name: DatabaseParameter; value: string } | Problem> {
  const outcome = await resolveParameter({ parameter: `${path}/${name}`, field: name, value, isSecureString }, follow);
  return 'problem' in outcome ? outcome : { name, ...outcome };
}

function nothingBelow(path: string, dbName: string, dbEnv: string): JobError {
  return new JobError(
    'ParameterMissing',
    `Parameter Store has no parameter below ${path}. Check db_name and db_env of the job. If they are right, store the ` +
      `parameters: npx ops params push ${dbName} ${dbEnv}. Then order the job again.`,
  );
}
