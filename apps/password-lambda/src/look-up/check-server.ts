import { JobError } from '@serverless-ops/job-schemas';
import { DB_HOST_DRYRUN } from '@serverless-ops/names';
import type { NamedParameter } from '@serverless-ops/parameter-lookup';
import { isPlaceholder } from '@serverless-ops/parameter-rules';
import * as z from 'zod';

/** Full names of the parameters that say where a change happens; `grant` only where an account may be created. */
export interface ServerParameters {
  readonly host: string;
  readonly port: string;
  readonly schema: string;
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

const portSchema = z.coerce.number().int().min(1).max(65_535);

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
  const port = portSchema.safeParse(valueOf(names.port) ?? DEFAULT_MYSQL_PORT);
  const problems = [names.host, names.schema, names.grant]
    .filter((name) => name !== undefined && isPlaceholder(valueOf(name) ?? 'absent'))
    .map((name) => `${String(name)} is still a placeholder: store the real value`);
  if (!port.success) problems.push(`${names.port} must be a port number from 1 to 65535`);
  if (!port.success || problems.length > 0) throw new JobError('ParameterInvalid', `${problems.join('. ')}.`);
  return { server: { host, port: port.data }, schema, grant, isDryRun: false };
}

function missing(names: ServerParameters, stored: ReadonlyMap<string, NamedParameter>): JobError {
  const absent = [names.host, ...(names.grant === undefined ? [] : [names.grant])].filter((name) => !stored.has(name));
  const help = absent.includes(names.grant ?? '')
    ? " The grant says what a new account may do, such as GRANT SELECT ON shop.* TO 'frank'@'%'."
    : '';
  return new JobError(
    'ParameterMissing',
    `Not in Parameter Store: ${absent.join(', ')}. Create what is missing and order the job again.${help}`,
  );
}
