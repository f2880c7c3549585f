import { join } from 'node:path';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import {
  buildStacks,
  compareContents,
  createBackupUser,
  createRestoreUser,
  createSampleDatabase,
  JobsApi,
  putDatabaseParameters,
  readDatabaseContents,
  readInstallation,
  startLocalCloud,
  startMariadb,
  type DatabaseContents,
  type DatabaseServer,
  type LocalCloud,
} from '@serverless-ops/test-servers';
import { megabytes, runJob } from './run-job.ts';
import { Story } from './story.ts';

const DATABASE = 'classicmodels';
/** Nothing in the database refers to it, so that a client drops it without a word. */
const LOST = 'order_details';

/** The account that restores has an environment of its own: the one that backs up can change nothing. */
const BACKED_UP = { db_name: DATABASE, db_env: 'demo' } as const;
const RESTORER = { db_name: DATABASE, db_env: 'restorer', backup_db_env: BACKED_UP.db_env } as const;

/** Enough for a backup of some seconds, so that there is progress to see. */
const ROWS = 300_000;

const workspaceRoot = join(import.meta.dirname, '..', '..', '..');
const installation = readInstallation(workspaceRoot);
const story = new Story();
const started: { stop(): Promise<void> }[] = [];

console.log(
  'Serverless Ops: a MySQL database is backed up, and a lost table restored, on this machine instead of on AWS.',
);
try {
  await tell();
} finally {
  for (const server of started.reverse()) await server.stop();
}

async function tell(): Promise<void> {
  const startedMs = performance.now();
  await story.step('Build the worker and synthesize the stacks, as a deploy would', () => buildStacks(workspaceRoot));
  const server = await story.step('Start a database server and fill a sample database', startDatabase);
  const cloud = await story.step('Run the synthesized stacks in the local cloud', startCloud);
  const api = new JobsApi(cloud.apiUrl, cloud.apiKey);
  const bucket = await story.step('File the database in Parameter Store, once to back up and once to restore', () =>
    fileDatabase(server, cloud),
  );
  await story.step('Order a backup: POST /jobs', () => backUp(api));
  await story.step('List what is in the bucket', () =>
    listBucket(new S3Client({ ...cloud.client, forcePathStyle: true }), bucket),
  );
  await story.step('Prove that it comes back: a drill', () => drill(api));
  const before = await story.step(`Lose the table ${LOST}`, () => lose(server));
  await story.step('Restore that table alone', () => restore(api));
  await story.step(`Compare ${DATABASE} with what it was before`, () => compare(server, before));
  story.summary();
  console.log(
    `\nAll of it took ${((performance.now() - startedMs) / 1000).toFixed(0)} s. \`npm start\` keeps the local cloud running.`,
  );
}

async function startDatabase(): Promise<DatabaseServer> {
  const server = await startMariadb();
  started.push(server);
  await createSampleDatabase(server, { name: DATABASE, rows: ROWS });
  story.say(`MariaDB ${server.version} on ${server.host}:${server.port}`);
  return server;
}

async function startCloud(): Promise<LocalCloud> {
  const cloud = await startLocalCloud({ workspaceRoot });
  started.push(cloud);
  story.say(`AWS endpoint ${cloud.endpoint}, REST API ${cloud.apiUrl}`);
  return cloud;
}

async function fileDatabase(server: DatabaseServer, cloud: LocalCloud): Promise<string> {
  const bucket = Object.values(cloud.outputs)
    .map((outputs) => outputs['BackupBucketName'])
    .find(Boolean);
  if (bucket === undefined) throw new Error('No stack has an output BackupBucketName.');
  const accounts = [
    { dbEnv: BACKED_UP.db_env, user: 'backup', password: await createBackupUser(server, DATABASE) },
    {
      ...{ dbEnv: RESTORER.db_env, user: 'restorer' },
      password: await createRestoreUser(server, [DATABASE, 'serverlessops\\_drill\\_%']),
    },
  ];
  for (const { dbEnv, user, password } of accounts) {
    await putDatabaseParameters(
      new SSMClient(cloud.client),
      { parameterPrefix: installation.parameterPrefix, dbName: DATABASE, dbEnv },
      {
        db_host: server.host,
        db_port: String(server.port),
        db_name: DATABASE,
        db_user: user,
        db_pass: password,
        s3_bucket: bucket,
        s3_path: installation.backupsPath,
      },
    );
    story.say(`7 parameters under ${installation.databasePath(DATABASE, dbEnv)}, the password a SecureString`);
  }
  return bucket;
}

async function backUp(api: JobsApi): Promise<void> {
  const { rows, tables, bytes, stored_bytes, s3_uri } = await runJob(api, story, {
    job_name: 'db_backup',
    job_options: BACKED_UP,
  });
  story.say(
    `${rows} rows of ${tables} tables: ${megabytes(bytes)} dumped, ${megabytes(stored_bytes)} stored in ${s3_uri}`,
  );
  story.shown('API Gateway, Step Functions, ECS and the worker, from the templates that would be deployed');
  story.shown(`${rows} rows of ${tables} tables backed up over HTTP, without a byte of the dump on disk`);
}

async function listBucket(s3: S3Client, bucket: string): Promise<void> {
  const { Contents: objects = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  for (const { Size: bytes = 0, Key: key = '' } of objects) story.say(`${String(bytes).padStart(10)}  ${key}`);
  story.shown('compressed plain SQL that zstd and mysql restore, and beside it the manifest that makes it a backup');
}

async function drill(api: JobsApi): Promise<void> {
  const { drill: ended } = await runJob(api, story, {
    job_name: 'db_verify',
    job_options: { ...RESTORER, drill: true },
  });
  if (ended === undefined) throw new Error('The job made no drill.');
  const took = `${(ended.recovery_ms / 1000).toFixed(1)} s`;
  story.say(`${ended.rows} rows of ${ended.tables} tables were restored and compared in ${took}, then dropped`);
  story.shown(`a drill: the backup came back whole in ${took}, which is how long a recovery takes here`);
}

async function lose(server: DatabaseServer): Promise<DatabaseContents> {
  const before = await readDatabaseContents(server, DATABASE);
  await server.query(`DROP TABLE ${LOST}`, DATABASE);
  story.say(`DROP TABLE ${LOST}: ${String(before.digests.get(LOST)?.rows)} rows are gone`);
  return before;
}

async function restore(api: JobsApi): Promise<void> {
  const { rows, duration_ms } = await runJob(api, story, {
    job_name: 'db_restore',
    job_options: { ...RESTORER, include_tables: [LOST] },
  });
  story.say(`${rows} rows are back, after ${(duration_ms / 1000).toFixed(1)} s of the job`);
}

async function compare(server: DatabaseServer, before: DatabaseContents): Promise<void> {
  const comparison = compareContents(before, await readDatabaseContents(server, DATABASE));
  for (const { table, rowsA, rowsB, equal } of comparison.tables) {
    story.say(`${equal ? 'equal    ' : 'DIFFERENT'} ${table.padEnd(16)} ${String(rowsA)} / ${String(rowsB)} rows`);
  }
  for (const { object, equal } of comparison.objects) story.say(`${equal ? 'equal    ' : 'DIFFERENT'} ${object}`);
  if (!comparison.equal) throw new Error('The restored database differs from what it was.');
  story.shown('one lost table restored beside the others, and the database as it was, table by table, row by row');
}
