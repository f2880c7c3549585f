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

/**
 * Values that Foundation knows only after its deploy, and that the stacks after it read at theirs. They stand in
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
