import { PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { databaseParameterPath, SECRET_DATABASE_PARAMETER, type DatabaseParameter } from '@serverless-ops/names';

/** Files a database's settings in Parameter Store, the password as a SecureString: what an operator does once. */
export async function putDatabaseParameters(
  ssm: SSMClient,
  database: { parameterPrefix: string; dbName: string; dbEnv: string },
  values: Readonly<Record<DatabaseParameter, string>>,
): Promise<void> {
  const path = databaseParameterPath(database.parameterPrefix, database.dbName, database.dbEnv);
  for (const [name, value] of Object.entries(values)) {
    const type = name === SECRET_DATABASE_PARAMETER ? 'SecureString' : 'String';
    await ssm.send(new PutParameterCommand({ Name: `${path}/${name}`, Value: value, Type: type, Overwrite: true }));
  }
}
