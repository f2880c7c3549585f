import { SSMClient } from '@aws-sdk/client-ssm';
import type { Settings } from '@serverless-ops/settings';
import {
  createBackupUser,
  createSampleDatabase,
  putDatabaseParameters,
  type DatabaseServer,
  type LocalCloud,
} from '@serverless-ops/test-servers';

/** The names of the database in jobs. */
export interface SampleDatabase {
  readonly dbName: string;
  readonly dbEnv: string;
}

/** For settings that name no database. */
const WITHOUT_SETTINGS: SampleDatabase = { dbName: 'classicmodels', dbEnv: 'demo' };

/** What the sample database is called: the first database of the settings, as in the commands of the outputs. */
const sampleDatabaseOf = ({ databases: [first] }: Pick<Settings, 'databases'>): SampleDatabase =>
  first ? { dbName: first.dbName, dbEnv: first.dbEnv } : WITHOUT_SETTINGS;

/** Fills a sample database and files it in Parameter Store, as an operator does with `ops params push`. */
export async function fileSampleDatabase(
  server: DatabaseServer,
  cloud: Pick<LocalCloud, 'client' | 'outputs'>,
  settings: Pick<Settings, 'backups' | 'databases' | 'parameterPrefix'>,
): Promise<SampleDatabase> {
  const sample = sampleDatabaseOf(settings);
  await createSampleDatabase(server, { name: sample.dbName });
  const password = await createBackupUser(server, sample.dbName);
  const ssm = new SSMClient(cloud.client);
  try {
    await putDatabaseParameters(
      ssm,
      { parameterPrefix: settings.parameterPrefix, ...sample },
      {
        db_host: server.host,
        db_port: String(server.port),
        db_name: sample.dbName,
        db_user: 'backup',
        db_pass: password,
        s3_bucket: requireOutput(cloud, 'BackupBucketName'),
        s3_path: settings.backups.path,
      },
    );
  } finally {
    ssm.destroy();
  }
  return sample;
}

function requireOutput({ outputs }: Pick<LocalCloud, 'outputs'>, name: string): string {
  const value = Object.values(outputs)
    .map((ofStack) => ofStack[name])
    .find((found) => found !== undefined);
  if (value === undefined) throw new Error(`No stack has an output ${name}.`);
  return value;
}
