import { JobError } from '@serverless-ops/job-schemas';
import { DB_HOST_DRYRUN, type DatabaseParameter } from '@serverless-ops/names';
import type { NamedParameter } from '@serverless-ops/parameter-lookup';
import { isSecretReference, parsePort, textProblem, valueProblem } from '@serverless-ops/parameter-rules';

/** Full names of the parameters that say where a change happens; `grant` only where an account may be created. */
export interface ServerParameters {
  readonly host: string;
  readonly port: string;
  readonly schema: string;
  readonly account: string;
  readonly grant?: string;
  readonly [key: string]: string;
}

export interface CheckedServer {
  readonly server: { readonly host: string; readonly port: number };
  readonly schema: string;
  readonly grant: string | null;
  readonly isDryRun: boolean;
}

const DEFAULT_MYSQL_PORT = 3306;

/**
 * What the parameters hold, checked. A dry run uses no other value than the host, so it fails for none.
 * Throws JobError ParameterMissing naming all that is missing, ParameterInvalid with all that is wrong.
 */
export function checkServer(
  names: ServerParameters,
  stored: ReadonlyMap<string, NamedParameter>,
  dbName: string,
): CheckedServer {
  const valueOf = (name: string | undefined): string | undefined => stored.get(name ?? '')?.value;
  const host = valueOf(names.host);
  const grant = valueOf(names.grant) ?? null;
  if (host === DB_HOST_DRYRUN) {
    return { server: { host, port: DEFAULT_MYSQL_PORT }, schema: dbName, grant, isDryRun: true };
  }
  if (host === undefined || (names.grant !== undefined && grant === null)) throw missing(names, stored);
  const schema = valueOf(names.schema) ?? dbName;
  const storedPort = valueOf(names.port);
  const port = storedPort === undefined ? DEFAULT_MYSQL_PORT : (parsePort(storedPort) ?? 0);
  const problems = [
    problemOf('db_host', names.host, host),
    problemOf('db_name', names.schema, valueOf(names.schema)),
    problemOf('db_port', names.port, storedPort),
    ...(grant === null ? [] : [withPath(names.grant, textProblem('grant', grant))]),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new JobError('ParameterInvalid', `${problems.join('. ')}.`);
  return { server: { host, port }, schema, grant, isDryRun: false };
}

/** What is wrong with a value by the rules that `ops` has too; undefined for one that is fine or not stored. */
function problemOf(name: DatabaseParameter, path: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  // This function may read no secret, and where a server is, is none.
  if (isSecretReference(value)) return `${path} refers to Secrets Manager, which a password change does not read`;
  return withPath(path, valueProblem({ name }, value));
}

function withPath(path: string | undefined, problem: string | undefined): string | undefined {
  return problem && `${String(path)} ${problem}`;
}

function missing(names: ServerParameters, stored: ReadonlyMap<string, NamedParameter>): JobError {
  const absent = [names.host, ...(names.grant === undefined ? [] : [names.grant])].filter((name) => !stored.has(name));
  const help = absent.includes(names.grant ?? '')
    ? " The grant says what a new account may do, such as GRANT SELECT ON shop.* TO 'frank'@'%'."
    : '';
  return new JobError(
    'ParameterMissing',
    `These parameters are missing in Parameter Store: ${absent.join(', ')}. Create them and order the job again.${help}`,
  );
}
