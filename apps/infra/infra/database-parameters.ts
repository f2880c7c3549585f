import type { OpsStack } from '@serverless-ops/cdk-kit';
import { databaseParameterPath, type DatabaseParameter, type SECRET_DATABASE_PARAMETER } from '@serverless-ops/names';
import type { DatabaseSettings } from '@serverless-ops/settings';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';

type PlainParameter = Exclude<DatabaseParameter, typeof SECRET_DATABASE_PARAMETER>;

/**
 * What the settings say about each database, in Parameter Store. The password is not among it: CloudFormation cannot
 * write a SecureString, and a template is no place for a secret.
 */
export function createDatabaseParameters(stack: OpsStack): void {
  for (const database of stack.settings.databases) {
    const { dbName, dbEnv } = database;
    const path = databaseParameterPath(stack.settings.parameterPrefix, dbName, dbEnv);
    for (const [name, stringValue] of Object.entries(plainParameters(database, stack.backupBucketName))) {
      new StringParameter(stack, `Database-${dbName}-${dbEnv}-${name}`, {
        parameterName: `${path}/${name}`,
        stringValue,
      });
    }
  }
}

function plainParameters(database: DatabaseSettings, backupBucketName: string): Record<PlainParameter, string> {
  return {
    db_host: database.host,
    db_port: String(database.port),
    db_name: database.schema,
    db_user: database.user,
    s3_bucket: database.s3Bucket ?? backupBucketName,
    s3_path: database.s3Path,
  };
}
