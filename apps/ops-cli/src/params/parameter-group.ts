import {
  DATABASE_ADMIN_PARAMETERS,
  DATABASE_PARAMETERS,
  databaseAdminParameterPath,
  databaseParameterPath,
  databaseUserParameterPath,
  SECRET_DATABASE_PARAMETER,
  type DatabaseParameter,
} from '@serverless-ops/names';
import type { WrittenParameter } from '@serverless-ops/parameter-rules';

/** The two levels that a database is filed under in Parameter Store. */
export interface Database {
  readonly dbName: string;
  readonly dbEnv: string;
}

/** A parameter, with the rule for its value. */
export type GroupParameter = WrittenParameter & {
  readonly isSecret: boolean;
  /** Jobs do without it. */
  readonly isOptional: boolean;
  /** Jobs follow it to Secrets Manager. */
  readonly mayRefer: boolean;
};

/** Parameters that belong together, under one path: settings of a database, the account of its admin, one of its users. */
export interface ParameterGroup {
  readonly path: string;
  readonly database: Database;
  /** Options of the command line that choose it: none, or `--user mary`. */
  readonly options: readonly string[];
  /** Those that a person writes. */
  readonly parameters: readonly GroupParameter[];
}

/** A job takes 3306 and the database's name in Parameter Store instead. */
const HAVE_A_DEFAULT: readonly DatabaseParameter[] = ['db_port', 'db_name'];

/** Jobs write the others. They need no password of an account: with `generate` they make the first one. */
const USER_PARAMETERS = [
  { name: 'account', isSecret: false, isOptional: false, mayRefer: false },
  { name: 'password', isSecret: true, isOptional: true, mayRefer: false },
  { name: 'new_password', isSecret: true, isOptional: true, mayRefer: false },
  { name: 'grant', isSecret: false, isOptional: true, mayRefer: false },
] as const;

export function databaseGroup(prefix: string, database: Database): ParameterGroup {
  const path = databaseParameterPath(prefix, database.dbName, database.dbEnv);
  return { path, database, options: [], parameters: DATABASE_PARAMETERS.map(databaseParameter) };
}

export function adminGroup(prefix: string, database: Database): ParameterGroup {
  const path = databaseAdminParameterPath(prefix, database.dbName, database.dbEnv);
  return { path, database, options: ['--admin'], parameters: DATABASE_ADMIN_PARAMETERS.map(databaseParameter) };
}

export function userGroup(prefix: string, database: Database, dbUser: string): ParameterGroup {
  const path = databaseUserParameterPath(prefix, { ...database, dbUser });
  const parameters = USER_PARAMETERS.map((parameter) => ({ ...parameter, dbUser }));
  return { path, database, options: ['--user', dbUser], parameters };
}

function databaseParameter(name: DatabaseParameter): GroupParameter {
  return {
    name,
    isSecret: name === SECRET_DATABASE_PARAMETER,
    isOptional: HAVE_A_DEFAULT.includes(name),
    mayRefer: true,
  };
}
