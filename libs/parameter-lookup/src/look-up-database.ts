import type { SSMClient } from '@aws-sdk/client-ssm';
import { JobError } from '@serverless-ops/job-schemas';
import {
  DATABASE_PARAMETERS,
  databaseParameterPath,
  DB_HOST_DRYRUN,
  SECRET_DATABASE_PARAMETER,
  type DatabaseParameter,
} from '@serverless-ops/names';
import { isPlaceholder } from './placeholder.ts';
import { readParametersBelow, readSecret, type StoredParameter } from './read-parameters.ts';
import { isSecretReference, valueInSecret } from './secret-reference.ts';

export type DatabaseValues = Partial<Record<DatabaseParameter, string>>;

type DatabaseEntry = StoredParameter & { name: DatabaseParameter };

type Outcome = { name: DatabaseParameter; value: string } | { problem: string };

/**
 * What Parameter Store holds for one database, decrypted, references to Secrets Manager followed.
 *
 * Throws `JobError`: `ParameterMissing` when its path holds nothing at all, `ParameterInvalid` with every value that is
 * a placeholder, a password that is not a SecureString or a reference that leads nowhere, `AccessDenied`,
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
  if (stored.length === 0) throw nothingBelow(path);

  const entries = stored.filter(isDatabaseEntry).filter(({ name }) => !alreadyGiven.includes(name));
  // A dry run uses no other value, so it must not fail for one that is still to be filled in.
  if (entries.some(({ name, value }) => name === 'db_host' && value === DB_HOST_DRYRUN)) {
    return { db_host: DB_HOST_DRYRUN };
  }
  const follow = secretReader(client);
  const outcomes = await Promise.all(entries.map((entry) => valueOf(entry, path, follow)));
  const problems = outcomes.flatMap((outcome) => ('problem' in outcome ? [outcome.problem] : []));
  if (problems.length > 0) throw new JobError('ParameterInvalid', `${problems.join('. ')}.`);
  return Object.fromEntries(outcomes.flatMap((outcome) => ('value' in outcome ? [[outcome.name, outcome.value]] : [])));
}

const isDatabaseEntry = (stored: StoredParameter): stored is DatabaseEntry =>
  (DATABASE_PARAMETERS as readonly string[]).includes(stored.name);

async function valueOf(
  { name, value: text, isSecureString }: DatabaseEntry,
  path: string,
  follow: (reference: string) => Promise<string | undefined>,
): Promise<Outcome> {
  const parameter = `${path}/${name}`;
  if (isSecretReference(text)) {
    const secret = await follow(text);
    if (secret === undefined) return { problem: `${parameter} refers to ${text}, a secret that does not exist` };
    const value = valueInSecret(name, secret);
    if (value === undefined) return { problem: `${parameter} refers to ${text}, a secret without a field for it` };
    return isPlaceholder(value) ? { problem: `${parameter} refers to ${text}, a placeholder` } : { name, value };
  }
  if (isPlaceholder(text)) return { problem: `${parameter} is still a placeholder: store the real value` };
  if (name === SECRET_DATABASE_PARAMETER && !isSecureString) {
    return { problem: `${parameter} holds a password in clear text: store it as a SecureString, and change it` };
  }
  return { name, value: text };
}

/** User and password usually stand in the same secret, which is read once. */
function secretReader(client: SSMClient): (reference: string) => Promise<string | undefined> {
  const reads = new Map<string, Promise<string | undefined>>();
  return (reference) => {
    const read = reads.get(reference) ?? readSecret(reference, client);
    reads.set(reference, read);
    return read;
  };
}

function nothingBelow(path: string): JobError {
  return new JobError(
    'ParameterMissing',
    `Parameter Store holds nothing below ${path}. Create ${DATABASE_PARAMETERS.join(', ')} there, ` +
      `${SECRET_DATABASE_PARAMETER} as a SecureString; check db_name and db_env if they should exist.`,
  );
}
