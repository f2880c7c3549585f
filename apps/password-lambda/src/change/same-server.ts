import { paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm';
import { parameterStoreError, readParameters } from '@serverless-ops/parameter-lookup';

/** A database that Parameter Store has settings of, and what is known of its login. */
export interface FiledDatabase {
  readonly dbName: string;
  readonly dbEnv: string;
  readonly settings: ReadonlyMap<string, string>;
}

const DEFAULT_PORT = '3306';

/** What says where a database is and who logs in to it. Each may be stored encrypted, too: jobs read it all the same. */
const NAMES_OF_SETTINGS = ['db_host', 'db_port', 'db_user'];

/** GetParameters takes so many names. */
const NAMES_PER_CALL = 10;

/**
 * Where databases are and who logs in to them, from below `<prefix>/<tree>/<db_name>/<db_env>/`, as one entry for each
 * database. The call by path decrypts nothing: it would bring the passwords along.
 */
export async function filedDatabases(
  tree: 'databases' | 'database_admins',
  { client, parameterPrefix }: { client: SSMClient; parameterPrefix: string },
): Promise<FiledDatabase[]> {
  const path = `${parameterPrefix}/${tree}/`;
  const found = new Map<string, FiledDatabase & { settings: Map<string, string> }>();
  const encrypted: string[] = [];
  const add = (fullName: string, value: string): void => {
    const [dbName = '', dbEnv = '', name = ''] = fullName.slice(path.length).split('/');
    const key = `${dbName}/${dbEnv}`;
    const database = found.get(key) ?? { dbName, dbEnv, settings: new Map<string, string>() };
    database.settings.set(name, value);
    found.set(key, database);
  };
  try {
    const query = { Path: path, Recursive: true, WithDecryption: false };
    for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, query)) {
      for (const { Name = '', Value = '', Type } of Parameters) {
        const [, , name = '', ...deeper] = Name.slice(path.length).split('/');
        if (!NAMES_OF_SETTINGS.includes(name) || deeper.length > 0) continue;
        if (Type === 'SecureString') encrypted.push(Name);
        else add(Name, Value);
      }
    }
  } catch (error) {
    throw parameterStoreError(error, `Reading the parameters below ${path}`, 'ssm:GetParametersByPath');
  }
  for (let at = 0; at < encrypted.length; at += NAMES_PER_CALL) {
    const page = await readParameters(encrypted.slice(at, at + NAMES_PER_CALL), client);
    for (const { name, value } of page.values()) add(name, value);
  }
  return [...found.values()];
}

/** Whether a database's settings name this server. Two names of one server are two servers here. */
export function isOnServer({ settings }: FiledDatabase, server: { host: string; port: number }): boolean {
  const bare = (host: string): string => host.trim().toLowerCase().replace(/\.$/, '');
  const port = settings.get('db_port') ?? DEFAULT_PORT;
  return bare(settings.get('db_host') ?? '') === bare(server.host) && Number(port) === server.port;
}
