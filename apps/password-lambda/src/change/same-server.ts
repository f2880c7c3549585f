import { paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm';
import { parameterStoreError } from '@serverless-ops/parameter-lookup';

/** A database that Parameter Store has settings of, and what is known of its login. */
export interface FiledDatabase {
  readonly dbName: string;
  readonly dbEnv: string;
  readonly settings: ReadonlyMap<string, string>;
}

const DEFAULT_PORT = '3306';

/** Everything that is no secret below `<prefix>/<tree>/<db_name>/<db_env>/`, as one entry for each database. */
export async function filedDatabases(
  tree: 'databases' | 'database_admins',
  { client, parameterPrefix }: { client: SSMClient; parameterPrefix: string },
): Promise<FiledDatabase[]> {
  const path = `${parameterPrefix}/${tree}/`;
  const found = new Map<string, FiledDatabase & { settings: Map<string, string> }>();
  try {
    const query = { Path: path, Recursive: true, WithDecryption: false };
    for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, query)) {
      for (const { Name = '', Value = '', Type } of Parameters) {
        const [dbName = '', dbEnv = '', name = '', ...deeper] = Name.slice(path.length).split('/');
        if (Type === 'SecureString' || name === '' || deeper.length > 0) continue;
        const key = `${dbName}/${dbEnv}`;
        const database = found.get(key) ?? { dbName, dbEnv, settings: new Map<string, string>() };
        database.settings.set(name, Value);
        found.set(key, database);
      }
    }
  } catch (error) {
    throw parameterStoreError(error, `Reading the parameters below ${path}`, 'ssm:GetParametersByPath');
  }
  return [...found.values()];
}

/** Whether a database's settings name this server. Two names of one server are two servers here. */
export function isOnServer({ settings }: FiledDatabase, server: { host: string; port: number }): boolean {
  const bare = (host: string): string => host.trim().toLowerCase().replace(/\.$/, '');
  const port = settings.get('db_port') ?? DEFAULT_PORT;
  return bare(settings.get('db_host') ?? '') === bare(server.host) && Number(port) === server.port;
}
