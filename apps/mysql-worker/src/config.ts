import { describeProblems, JobError, workerJobSchema, type WorkerJob } from '@serverless-ops/job-schemas';
import {
  DATABASE_PARAMETERS,
  DATABASE_TLS_SETTINGS,
  ENVIRONMENT,
  TASK_TOKEN_LOCALTEST,
  type DatabaseParameter,
  type DatabaseTlsSetting,
} from '@serverless-ops/names';

/** As `db_env`: the caller gave every setting in the environment, and nothing is looked up. */
export const DIRECT_ENVIRONMENT = 'direct';

/** What the container's environment says, apart from the job itself: enough to log, and to report a bad request. */
export interface WorkerEnvironment {
  taskToken: string;
  jobId: string;
  /** As it arrived, for the log; undefined when absent. */
  jobName: string | undefined;
  parameterPrefix: string;
  /** DynamoDB table for progress; undefined: progress is only logged. */
  jobsTable: string | undefined;
  databaseTls: DatabaseTlsSetting;
  /** Databases, as `db_name/db_env`, whose contents a restore may remove. */
  restoreAllowOverwrite: readonly string[];
  /** Whom scripts run as; undefined: the worker's own user. */
  scriptUser: string | undefined;
  /** Settings the caller gave directly; they win over Parameter Store. `DB_NAME` is none: it names the path there. */
  given: Partial<Record<DatabaseParameter, string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const GIVEN_BY: Record<DatabaseParameter, string> = {
  db_host: ENVIRONMENT.dbHost,
  db_port: ENVIRONMENT.dbPort,
  db_name: ENVIRONMENT.dbName,
  db_user: ENVIRONMENT.dbUser,
  db_pass: ENVIRONMENT.dbPass,
  s3_bucket: ENVIRONMENT.s3Bucket,
  s3_path: ENVIRONMENT.s3Path,
};

/** The environment as ECS and the caller made it, read once; `fallbackJobId` names a job that came without an id. */
export function readEnvironment(env: Environment, fallbackJobId: string): WorkerEnvironment {
  const given: WorkerEnvironment['given'] = {};
  for (const parameter of DATABASE_PARAMETERS.filter((name) => name !== 'db_name')) {
    const value = env[GIVEN_BY[parameter]];
    if (value) given[parameter] = value;
  }
  return {
    taskToken: env[ENVIRONMENT.taskToken] ?? TASK_TOKEN_LOCALTEST,
    jobId: env[ENVIRONMENT.jobId] ?? fallbackJobId,
    jobName: env[ENVIRONMENT.jobName],
    parameterPrefix: env[ENVIRONMENT.parameterPrefix] ?? '/serverlessops',
    jobsTable: env[ENVIRONMENT.jobsTable],
    databaseTls: DATABASE_TLS_SETTINGS.find((setting) => setting === env[ENVIRONMENT.databaseTls]) ?? 'verify',
    restoreAllowOverwrite: (env[ENVIRONMENT.restoreAllowOverwrite] ?? '').split(',').filter((name) => name !== ''),
    // Empty counts as absent: that is how a caller of a container turns the image's own setting off.
    scriptUser: env[ENVIRONMENT.scriptUser] === '' ? undefined : env[ENVIRONMENT.scriptUser],
    given,
  };
}

/** Reads the options of a job from the execution that it belongs to. */
export type ReadOrder = (executionArn: string) => Promise<unknown>;

/**
 * The job that the environment orders, checked against the schema of its options. They are in `JOB_OPTIONS`, or with
 * `EXECUTION_ARN` in the execution: what ECS takes in a container's environment is 8,192 characters at most.
 * @throws JobError InvalidRequest, with every problem named; what `readOrder` throws.
 */
export async function readJob(env: Environment, readOrder: ReadOrder): Promise<WorkerJob> {
  const request = { job_name: env[ENVIRONMENT.jobName], job_options: await jobOptions(env, readOrder) };
  const parsed = workerJobSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  throw new JobError(
    'InvalidRequest',
    `The job request is not valid: ${describeProblems(parsed.error).join('; ')}. Correct these and order the job again.`,
  );
}

async function jobOptions(env: Environment, readOrder: ReadOrder): Promise<unknown> {
  const inEnvironment = {
    ...(env[ENVIRONMENT.dbName] && { db_name: env[ENVIRONMENT.dbName] }),
    ...(env[ENVIRONMENT.dbEnv] && { db_env: env[ENVIRONMENT.dbEnv] }),
    ...(env[ENVIRONMENT.dbName] && !env[ENVIRONMENT.dbEnv] && { db_env: DIRECT_ENVIRONMENT }),
  };
  const { [ENVIRONMENT.jobOptions]: text, [ENVIRONMENT.executionArn]: executionArn } = env;
  if (!text && !executionArn) return inEnvironment;
  const options = text ? parseOptions(text) : await readOrder(executionArn ?? '');
  const isObject = typeof options === 'object' && options !== null && !Array.isArray(options);
  return isObject ? { ...inEnvironment, ...options } : options;
}

function parseOptions(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new JobError(
      'InvalidRequest',
      `${ENVIRONMENT.jobOptions} is not valid JSON: ${(error as Error).message}. Correct it and order the job again.`,
    );
  }
}
