import { JobError } from '@serverless-ops/job-schemas';
import {
  databaseParameterPath,
  DATABASE_PARAMETERS,
  DB_HOST_DRYRUN,
  type DatabaseParameter,
} from '@serverless-ops/names';
import { parsePort, valueProblem } from '@serverless-ops/parameter-rules';

/** Settings of one database and of where its backups go, complete and checked. */
export interface CompleteDatabaseSettings {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  bucket: string;
  s3Path: string;
}

/** What a job needs of a database's settings: a backup is dumped and stored, a script only connects, a check only reads. */
export type Need = 'connection' | 'storage' | 'connection and storage';

const DEFAULT_MYSQL_PORT = 3306;
const STORAGE: readonly DatabaseParameter[] = ['s3_bucket', 's3_path'];

type Values = Partial<Record<DatabaseParameter, string>>;

export interface SettingsRequest {
  dbName: string;
  dbEnv: string;
  /** Set directly by the caller: wins over what is looked up. */
  given: Values;
  need: Need;
  parameterPrefix: string;
  /** Looks the database's path up; undefined when the caller chose to give everything directly. */
  lookUp: (() => Promise<Values>) | undefined;
}

/** Whether the settings say: touch neither MySQL nor S3, walk the whole flow and succeed. */
export function isDryRun(values: Values): boolean {
  return values.db_host === DB_HOST_DRYRUN;
}

/** What the caller gave, completed from Parameter Store. With everything given, Parameter Store is left alone. */
export async function gatherValues(request: SettingsRequest): Promise<Values> {
  const defaults: Values = { db_name: request.dbName };
  const complete = missingOf({ ...defaults, ...request.given }, request.need).length === 0;
  if (request.lookUp === undefined || complete || isDryRun(request.given)) return { ...defaults, ...request.given };
  return { ...defaults, ...(await request.lookUp()), ...request.given };
}

/**
 * The gathered values as settings.
 * @throws JobError ParameterMissing naming every value that is nowhere, ParameterInvalid naming every value that its
 * parameter cannot have.
 */
export function checkValues(values: Values, request: SettingsRequest): CompleteDatabaseSettings {
  const missing = missingOf(values, request.need);
  if (missing.length > 0) throw missingError(missing, request);
  const problems = DATABASE_PARAMETERS.flatMap((name) => {
    const value = values[name];
    const problem = value ? valueProblem({ name }, value) : undefined;
    return problem === undefined ? [] : [`${name in request.given ? name.toUpperCase() : name} ${problem}`];
  });
  if (problems.length > 0) {
    throw new JobError('ParameterInvalid', `${problems.join('. ')}. Correct these values and order the job again.`);
  }
  const text = (name: DatabaseParameter): string => values[name] ?? '';
  return {
    host: text('db_host'),
    port: parsePort(values.db_port ?? '') ?? DEFAULT_MYSQL_PORT,
    database: text('db_name'),
    user: text('db_user'),
    password: text('db_pass'),
    bucket: text('s3_bucket'),
    s3Path: text('s3_path'),
  };
}

function missingOf(values: Values, need: Need): DatabaseParameter[] {
  return DATABASE_PARAMETERS.filter(
    (name) => !values[name] && name !== 'db_port' && need.includes(STORAGE.includes(name) ? 'storage' : 'connection'),
  );
}

function missingError(missing: DatabaseParameter[], request: SettingsRequest): JobError {
  const path = databaseParameterPath(request.parameterPrefix, request.dbName, request.dbEnv);
  const variables = missing.map((name) => name.toUpperCase()).join(', ');
  return new JobError(
    'ParameterMissing',
    request.lookUp === undefined
      ? `These settings are missing: ${variables}. Set them in the environment, or set DB_ENV to read them from Parameter Store.`
      : `These settings are neither in the environment nor in Parameter Store: ${missing.map((name) => `${path}/${name}`).join(', ')}. ` +
          `Store them: npx ops params push ${[request.dbName, request.dbEnv, ...missing].join(' ')}. Then order the job again.`,
  );
}
