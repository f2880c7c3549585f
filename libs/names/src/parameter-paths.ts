/** Settings of one database in Parameter Store, below {@link databaseParameterPath}. */
export const DATABASE_PARAMETERS = [
  'db_host',
  'db_port',
  'db_name',
  'db_user',
  'db_pass',
  's3_bucket',
  's3_path',
] as const;

export type DatabaseParameter = (typeof DATABASE_PARAMETERS)[number];

/** The one parameter of a database that is a secret, and so a SecureString that no template can hold. */
export const SECRET_DATABASE_PARAMETER = 'db_pass' satisfies DatabaseParameter;

/** Path that holds the settings of one database: `/serverlessops/databases/classicmodels/demo`. */
export function databaseParameterPath(parameterPrefix: string, dbName: string, dbEnv: string): string {
  return `${parameterPrefix}/databases/${dbName}/${dbEnv}`;
}

/** The account that may change other accounts of a database's server, below {@link databaseAdminParameterPath}. */
export const DATABASE_ADMIN_PARAMETERS = ['db_user', 'db_pass'] as const satisfies DatabaseParameter[];

/**
 * Path that holds the account which changes passwords: `/serverlessops/database_admins/classicmodels/demo`. It is
 * apart from the settings of the database, because a job that makes a backup must not read it.
 */
export function databaseAdminParameterPath(parameterPrefix: string, dbName: string, dbEnv: string): string {
  return `${parameterPrefix}/database_admins/${dbName}/${dbEnv}`;
}

/**
 * What Parameter Store holds of an account whose password is changed, below {@link databaseUserParameterPath}.
 *
 * - `account`: the registration by operations, one of {@link ACCOUNT_KINDS}. A job changes no account without it.
 * - `password` (SecureString): a password that works. Applications read it.
 * - `new_password` (SecureString): a given next password. A job promotes it to `password`, and then deletes it.
 * - `grant`: the GRANT statement for a new account.
 * - `password_pending` (SecureString): the next password, from before the server hears of it until `password` holds it.
 *   A change that broke off leaves it behind; the next change takes it up.
 * - `last_change`: what was changed last and by which job, as JSON.
 */
export type DatabaseUserParameter =
  'account' | 'password' | 'new_password' | 'grant' | 'password_pending' | 'last_change';

/**
 * What the parameter `account` may hold. `application`: an account without the rights of an administrator or of
 * replication. `privileged`: operations accepts that jobs change an account with such rights.
 */
export const ACCOUNT_KINDS = ['application', 'privileged'] as const;

export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** Path that holds the password of one account: `/serverlessops/database_users/classicmodels/demo/mary`. */
export function databaseUserParameterPath(
  parameterPrefix: string,
  database: { readonly dbName: string; readonly dbEnv: string; readonly dbUser: string },
): string {
  const { dbName, dbEnv, dbUser } = database;
  return `${parameterPrefix}/database_users/${dbName}/${dbEnv}/${userPathLevel(dbUser)}`;
}

const encoder = new TextEncoder();

/**
 * The name of an account as a level of a path. Parameter Store takes letters, digits, `_`, `-` and `.` there, and most
 * names are made of these and stay as they are: `mary`, `john.doe`. Every other byte of the name in UTF-8 becomes a dot
 * and two hexadecimal digits: `o'neil` is `o.27neil`. So that no two names are the same level, a dot that is followed by
 * two such digits becomes `.2e`.
 */
function userPathLevel(name: string): string {
  return name.replaceAll(/\.(?=[0-9a-f]{2})|[^A-Za-z0-9_.-]/gu, (character) =>
    [...encoder.encode(character)].map((byte) => `.${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}

/**
 * Values that Foundation knows only after its deploy, and that the stacks after it read at theirs. They are in
 * Parameter Store because a CloudFormation export in use cannot change.
 */
export function foundationParameters(parameterPrefix: string) {
  const path = (name: string): string => `${parameterPrefix}/foundation/${name}`;
  return {
    vpcId: path('vpc_id'),
    /** Comma-separated (StringList): the subnets that tasks run in. */
    subnetIds: path('subnet_ids'),
    keyArn: path('key_arn'),
    topicArn: path('topic_arn'),
  } as const;
}
