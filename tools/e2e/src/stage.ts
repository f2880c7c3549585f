import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, SFNClient, type DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { DatabaseParameter } from '@serverless-ops/names';
import {
  createBackupUser,
  createSampleDatabase,
  JobsApi,
  putDatabaseParameters,
  readInstallation,
  startLocalCloud,
  startMariadb,
  type DatabaseServer,
  type LocalCloud,
  type LocalCloudOptions,
} from '@serverless-ops/test-servers';

export const WORKSPACE_ROOT = join(import.meta.dirname, '..', '..', '..');

/** The names of this installation: settings.yml chooses them, so no story spells them out. */
export const INSTALLATION = readInstallation(WORKSPACE_ROOT);

/** Name of the sample database, and of its environment, on every stage. */
export const DATABASE = { db_name: 'classicmodels', db_env: 'demo' } as const;

/** Where its parameters are, and the folder of its backups in the bucket. */
export const DATABASE_PATH = INSTALLATION.databasePath(DATABASE.db_name, DATABASE.db_env);
export const BACKUP_FOLDER = INSTALLATION.backupFolder(DATABASE.db_name, DATABASE.db_env);

/** How often a condition is looked at, in ms; and how long at most. */
const LOOK_EVERY_MS = 100;
const LOOK_FOR_MS = 60_000;

export interface StageOptions {
  /** Rows of the sample database, roughly. @default 20,000 */
  rows?: number;
  /** @default MariaDB */
  startServer?: () => Promise<DatabaseServer>;
  /** @default the built and synthesized workspace */
  cloud?: Partial<LocalCloudOptions>;
}

/** A whole installation for one story: a database server with the sample database, and the local cloud beside it. */
export class Stage {
  readonly server: DatabaseServer;
  readonly cloud: LocalCloud;
  readonly api: JobsApi;
  readonly bucket: string;
  readonly s3: S3Client;
  readonly sfn: SFNClient;
  readonly ssm: SSMClient;
  readonly logs: CloudWatchLogsClient;
  /** Password of the account that backs up; no output of anything may hold it. */
  readonly backupPassword: string;

  private constructor(server: DatabaseServer, cloud: LocalCloud, backupPassword: string) {
    this.server = server;
    this.cloud = cloud;
    this.backupPassword = backupPassword;
    this.api = new JobsApi(cloud.apiUrl, cloud.apiKey);
    this.bucket = this.output('BackupBucketName');
    this.s3 = new S3Client({ ...cloud.client, forcePathStyle: true });
    this.sfn = new SFNClient(cloud.client);
    this.ssm = new SSMClient(cloud.client);
    this.logs = new CloudWatchLogsClient(cloud.client);
  }

  static async open(options: StageOptions = {}): Promise<Stage> {
    const starts = [
      (options.startServer ?? startMariadb)(),
      startLocalCloud({ workspaceRoot: WORKSPACE_ROOT, ...options.cloud }),
    ] as const;
    try {
      const [server, cloud] = await Promise.all(starts);
      await createSampleDatabase(server, { name: DATABASE.db_name, rows: options.rows ?? 20_000 });
      const stage = new Stage(server, cloud, await createBackupUser(server, DATABASE.db_name));
      await stage.fileDatabase();
      return stage;
    } catch (error) {
      // A stage that does not open has no `close`: what has started, or still does, is stopped here.
      await Promise.allSettled(starts.map(async (start) => (await start).stop()));
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.server.stop(), this.cloud.stop()]);
  }

  /** The value of an output, whichever stack has it. */
  output(name: string): string {
    return this.cloud.output(name);
  }

  /** Files the sample database in Parameter Store, some of it otherwise than it is, or under another environment. */
  async fileDatabase(
    otherwise: Partial<Record<DatabaseParameter, string>> = {},
    dbEnv: string = DATABASE.db_env,
  ): Promise<void> {
    await putDatabaseParameters(
      this.ssm,
      { parameterPrefix: INSTALLATION.parameterPrefix, dbName: DATABASE.db_name, dbEnv },
      {
        db_host: this.server.host,
        db_port: String(this.server.port),
        db_name: DATABASE.db_name,
        db_user: 'backup',
        db_pass: this.backupPassword,
        s3_bucket: this.bucket,
        s3_path: INSTALLATION.backupsPath,
        ...otherwise,
      },
    );
  }

  /** Starts a backup of the sample database over the API; gives the job's id. */
  orderBackup(options: { engine?: 'parallel' | 'script' } = {}): Promise<string> {
    return this.api.order({ job_name: 'db_backup', job_options: { ...DATABASE, ...options } });
  }

  /** @param machineOutput the output with the ARN of the state machine that executes the job */
  execution(jobId: string, machineOutput = 'StateMachineArn'): Promise<DescribeExecutionCommandOutput> {
    const machine = this.output(machineOutput);
    return this.sfn.send(
      new DescribeExecutionCommand({ executionArn: `${machine.replace(':stateMachine:', ':execution:')}:${jobId}` }),
    );
  }

  /** Waits until the job has ended, however it did. */
  async ended(jobId: string, machineOutput?: string): Promise<DescribeExecutionCommandOutput> {
    return until(`job ${jobId} ends`, async () => {
      const execution = await this.execution(jobId, machineOutput);
      return execution.status === 'RUNNING' ? undefined : execution;
    });
  }

  async objects(bucket = this.bucket): Promise<string[]> {
    const { Contents: contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return contents.map(({ Key: key = '' }) => key);
  }

  /** Keys of uploads that were begun and neither completed nor aborted. */
  async openUploads(bucket = this.bucket): Promise<string[]> {
    const { Uploads: uploads = [] } = await this.s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    return uploads.map(({ Key: key = '' }) => key);
  }

  async abortOpenUploads(): Promise<void> {
    const { Uploads: uploads = [] } = await this.s3.send(new ListMultipartUploadsCommand({ Bucket: this.bucket }));
    for (const { Key, UploadId } of uploads) {
      await this.s3.send(new AbortMultipartUploadCommand({ Bucket: this.bucket, Key, UploadId }));
    }
  }

  /** Every line of a log group, oldest first. */
  async logLines(logGroupName: string): Promise<string[]> {
    const lines: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.logs.send(new FilterLogEventsCommand({ logGroupName, nextToken }));
      lines.push(...(page.events ?? []).map(({ message = '' }) => message));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return lines;
  }

  /** What was published to the topic of notifications about one job, which must be one message. */
  async notifiedOnce(jobId: string): Promise<string> {
    const about = async (): Promise<string[]> =>
      (await this.logLines('/local-cloud/notifications')).filter((text) => text.includes(jobId));
    await until(`a notification of ${jobId} arrives`, async () => (await about())[0]);
    const messages = await about();
    if (messages.length > 1) throw new Error(`There was more than one notification:\n${messages.join('\n')}`);
    return messages[0] ?? '';
  }
}

/** Looks again and again until `look` gives something. */
export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const giveUpAt = performance.now() + LOOK_FOR_MS;
  while (performance.now() < giveUpAt) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(LOOK_EVERY_MS);
  }
  throw new Error(`Waited ${LOOK_FOR_MS / 1000} s in vain until ${what}.`);
}
