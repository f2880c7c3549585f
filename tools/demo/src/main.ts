import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { JobResult } from '@serverless-ops/job-schemas';
import {
  buildStacks,
  compareDatabases,
  createBackupUser,
  createSampleDatabase,
  JobsApi,
  putDatabaseParameters,
  readInstallation,
  restoreDump,
  startLocalCloud,
  startMariadb,
  type DatabaseServer,
  type JobStatus,
  type LocalCloud,
} from '@serverless-ops/test-servers';
import { download } from './download.ts';
import { ProgressBar } from './progress-bar.ts';
import { Story } from './story.ts';

const DATABASE = 'classicmodels';
const RESTORED = 'classicmodels_restored';

/** Enough for a backup of some seconds, so that there is progress to see. */
const ROWS = 600_000;

const workspaceRoot = join(import.meta.dirname, '..', '..', '..');
const installation = readInstallation(workspaceRoot);
const folder = await mkdtemp(join(tmpdir(), 'serverless-ops-demo-'));
const story = new Story();
const started: { stop(): Promise<void> }[] = [];

console.log('Serverless Ops: a MySQL backup ordered over the API, running on this machine instead of on AWS.');
try {
  await tell();
} finally {
  for (const server of started.reverse()) await server.stop();
  await rm(folder, { recursive: true });
}

async function tell(): Promise<void> {
  const startedMs = performance.now();
  await story.step('Build the worker and synthesize the stacks, as a deploy would', () => buildStacks(workspaceRoot));
  const server = await story.step('Start a database server and fill a sample database', startDatabase);
  const cloud = await story.step('Run the synthesized stacks in the local cloud', startCloud);
  const bucket = await story.step('File the database in Parameter Store', () => fileDatabase(server, cloud));
  const result = await story.step('Order a backup: POST /jobs', () => orderBackup(cloud));
  const s3 = new S3Client({ ...cloud.client, forcePathStyle: true });
  const keys = await story.step('List what is in the bucket', () => listBucket(s3, bucket));
  await story.step('Restore it by hand: zstd -dc *.sql.zst | mysql', async () => {
    for (const key of keys.filter((key) => key.includes(result.backup_id))) await download(s3, bucket, key, folder);
    await restoreDump(folder, server, RESTORED);
  });
  await story.step(`Compare ${DATABASE} and ${RESTORED}`, () => compare(server));
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
  const password = await createBackupUser(server, DATABASE);
  await putDatabaseParameters(
    new SSMClient(cloud.client),
    { parameterPrefix: installation.parameterPrefix, dbName: DATABASE, dbEnv: 'demo' },
    {
      db_host: server.host,
      db_port: String(server.port),
      db_name: DATABASE,
      db_user: 'backup',
      db_pass: password,
      s3_bucket: bucket,
      s3_path: installation.backupsPath,
    },
  );
  story.say(`7 parameters under ${installation.databasePath(DATABASE, 'demo')}, the password a SecureString`);
  return bucket;
}

async function orderBackup(cloud: LocalCloud): Promise<JobResult<'db_backup'>> {
  const api = new JobsApi(cloud.apiUrl, cloud.apiKey);
  const id = await api.order({ job_name: 'db_backup', job_options: { db_name: DATABASE, db_env: 'demo' } });
  story.say(`202 Accepted, job ${id}`);
  const bar = new ProgressBar(process.stdout);
  const ended = await api.waitFor(id, (status) => showProgress(bar, status));
  bar.end();
  if (ended.result === undefined) throw new Error(`The job ended as ${ended.state}: ${JSON.stringify(ended.error)}`);
  const { rows, tables, bytes, stored_bytes, s3_uri } = ended.result;
  story.say(
    `${rows} rows of ${tables} tables: ${megabytes(bytes)} dumped, ${megabytes(stored_bytes)} stored in ${s3_uri}`,
  );
  story.shown('API Gateway, Step Functions, ECS and the worker, from the templates that would be deployed');
  story.shown(`${rows} rows of ${tables} tables backed up over HTTP, without a byte of the dump on disk`);
  return ended.result;
}

function showProgress(bar: ProgressBar, { state, progress, result }: JobStatus): void {
  const { bytes = 0, rows = 0 } = result ?? progress ?? {};
  const ofBytes = progress?.of_bytes;
  const share = state === 'RUNNING' ? Math.min(0.99, bytes / (ofBytes ?? Infinity)) : 1;
  bar.show(share, `${state.toLowerCase()}  ${megabytes(bytes)}  ${rows} rows`);
}

async function listBucket(s3: S3Client, bucket: string): Promise<string[]> {
  const { Contents: objects = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  for (const { Size: bytes = 0, Key: key = '' } of objects) story.say(`${String(bytes).padStart(10)}  ${key}`);
  story.shown('compressed plain SQL, and beside it the manifest that makes it a backup');
  return objects.map(({ Key: key = '' }) => key);
}

async function compare(server: DatabaseServer): Promise<void> {
  const comparison = await compareDatabases(server, DATABASE, RESTORED);
  for (const { table, rowsA, rowsB, equal } of comparison.tables) {
    story.say(`${equal ? 'equal    ' : 'DIFFERENT'} ${table.padEnd(16)} ${String(rowsA)} / ${String(rowsB)} rows`);
  }
  for (const { object, equal } of comparison.objects) story.say(`${equal ? 'equal    ' : 'DIFFERENT'} ${object}`);
  if (!comparison.equal) throw new Error('The restored database differs from its source.');
  story.shown('a restore with nothing but zstd and mysql, equal to its source table by table, row by row');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
