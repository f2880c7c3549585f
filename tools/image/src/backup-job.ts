import { ENVIRONMENT, TASK_TOKEN_LOCALTEST } from '@serverless-ops/names';
import type { DatabaseServer, ScriptedS3Server } from '@serverless-ops/test-servers';

/** Of the sample database, and of the bucket and folder its backups go to. */
export const DATABASE = 'classicmodels';
export const BUCKET = 'backups';
const FOLDER = 'image';

/** The environment of a backup ordered by `aws ecs run-task` alone that touches neither MySQL nor S3. */
export const DRY_RUN = {
  [ENVIRONMENT.taskToken]: TASK_TOKEN_LOCALTEST,
  [ENVIRONMENT.jobName]: 'db_backup',
  [ENVIRONMENT.dbName]: DATABASE,
  [ENVIRONMENT.dbHost]: 'dummy-dryrun',
};

/** How a container of the task definition for scripts differs: root, which may become another user and stop it. */
export const AS_SCRIPT_TASK = ['--user=0:0', '--cap-add=SETUID', '--cap-add=SETGID', '--cap-add=KILL'];

/** What makes a job of the image's example script out of a backup's environment. */
export const TABLE_SIZES = {
  [ENVIRONMENT.jobName]: 'run_script',
  [ENVIRONMENT.jobOptions]: JSON.stringify({ script: 'table_sizes.sh' }),
};

/** What a backup is made of and to. */
export interface Stage {
  readonly server: DatabaseServer;
  readonly s3: ScriptedS3Server;
  /** Of the account `backup`. */
  readonly password: string;
}

/** The environment of a backup of a stage's sample database, its server reached over `port`. */
export function backupOf({ server, s3, password }: Stage, port: number = server.port): Record<string, string> {
  const { endpoint, region, credentials } = s3.clientConfig;
  return {
    ...DRY_RUN,
    [ENVIRONMENT.dbHost]: server.host,
    [ENVIRONMENT.dbPort]: String(port),
    [ENVIRONMENT.dbUser]: 'backup',
    [ENVIRONMENT.dbPass]: password,
    [ENVIRONMENT.s3Bucket]: BUCKET,
    [ENVIRONMENT.s3Path]: FOLDER,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
