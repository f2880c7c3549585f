import { posix } from 'node:path';
import { databaseAdminParameterPath, databaseParameterPath, databaseUserParameterPath } from '@serverless-ops/names';

const dirname = (path: string): string => posix.dirname(path);

/** Paths below which the groups of all databases are, each with database and environment as its next two levels. */
export function parameterRoots(prefix: string): { databases: string; admins: string; users: string } {
  return {
    databases: dirname(dirname(databaseParameterPath(prefix, 'any', 'any'))),
    admins: dirname(dirname(databaseAdminParameterPath(prefix, 'any', 'any'))),
    users: dirname(dirname(dirname(databaseUserParameterPath(prefix, { dbName: 'any', dbEnv: 'any', dbUser: 'any' })))),
  };
}

/** Which databases are meant: all, those of one name, or that of one environment. */
export interface Selection {
  readonly dbName?: string;
  readonly dbEnv?: string;
}

/** A root, as deep as the selection goes. */
export function narrowed(root: string, { dbName, dbEnv }: Selection): string {
  return [root, dbName, dbEnv].filter((level) => level !== undefined).join('/');
}
