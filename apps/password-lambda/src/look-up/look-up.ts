import type { SSMClient } from '@aws-sdk/client-ssm';
import type { Logger } from '@serverless-ops/job-logging';
import { describeProblems, JobError, passwordChangeOptionsSchema } from '@serverless-ops/job-schemas';
import { databaseAdminParameterPath, databaseParameterPath, databaseUserParameterPath } from '@serverless-ops/names';
import { readParameters } from '@serverless-ops/parameter-lookup';
import * as z from 'zod';
import { problemOfAccountName } from '../account-name.ts';
import type { ChangeRequest } from '../change-request.ts';
import { parseGrant } from '@serverless-ops/parameter-rules';
import { registeredKind } from './registered-kind.ts';
import { checkServer, type ServerParameters } from './check-server.ts';

const orderSchema = z.object({ job_id: z.string().min(1), job_options: passwordChangeOptionsSchema });

type Order = z.output<typeof orderSchema>;

/** What looking up needs of the outside. */
export interface LookUpContext {
  readonly client: SSMClient;
  readonly parameterPrefix: string;
  readonly log: Pick<Logger, 'info'>;
}

/**
 * Makes an order for a change of a password into a request that says everything but the secrets. Reads nothing secret.
 * Throws JobError InvalidRequest, ParameterMissing, ParameterInvalid, AccountNotRegistered, AccessDenied,
 * ServiceThrottled, ServiceUnreachable, InternalError.
 */
export async function lookUp(event: unknown, context: LookUpContext): Promise<ChangeRequest> {
  const { client, parameterPrefix, log } = context;
  const { job_id, job_options } = parseOrder(event);
  const { db_name: dbName, db_env: dbEnv, db_user: dbUser } = job_options;
  const database = databaseParameterPath(parameterPrefix, dbName, dbEnv);
  const admin = databaseAdminParameterPath(parameterPrefix, dbName, dbEnv);
  const user = databaseUserParameterPath(parameterPrefix, { dbName, dbEnv, dbUser });
  const names: ServerParameters = {
    host: `${database}/db_host`,
    port: `${database}/db_port`,
    schema: `${database}/db_name`,
    account: `${user}/account`,
    ...(job_options.create_if_missing && { grant: `${user}/grant` }),
  };
  const stored = await readParameters(Object.values(names), client);
  const { isDryRun, grant, ...where } = checkServer(names, stored, dbName);
  log.info({ ...where, dry_run: isDryRun }, 'looked up');
  // A dry run uses no other value than the host, so it needs no registration either.
  const account = isDryRun ? 'application' : registeredKind(names.account, stored);
  if (grant !== null && !isDryRun) parseGrant(grant, { user: dbUser, database: where.schema });
  return {
    job_id,
    ...job_options,
    ...where,
    account,
    grant,
    parameter_prefix: parameterPrefix,
    parameters: {
      admin_user: `${admin}/db_user`,
      admin_password: `${admin}/db_pass`,
      password: `${user}/password`,
      new_password: `${user}/new_password`,
      password_pending: `${user}/password_pending`,
      last_change: `${user}/last_change`,
    },
  };
}

function parseOrder(event: unknown): Order {
  const parsed = orderSchema.safeParse(event);
  const problems = parsed.success ? [] : describeProblems(parsed.error);
  const nameProblem = parsed.success ? problemOfAccountName(parsed.data.job_options.db_user) : undefined;
  if (nameProblem !== undefined) problems.push(nameProblem);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new JobError(
    'InvalidRequest',
    `The job request is not valid: ${problems.join('; ')}. Correct these and order the job again.`,
  );
}
