import { setTimeout as delay } from 'node:timers/promises';
import type { DbBackupResult, RunScriptResult, WorkerJob } from '@serverless-ops/job-schemas';
import { tlsFor, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import { newBackupId, backupPrefix, type ObjectStore } from '@serverless-ops/object-store';
import { DIRECT_ENVIRONMENT, type WorkerEnvironment } from './config.ts';
import {
  checkValues,
  gatherValues,
  isDryRun,
  type DatabaseSettings,
  type Need,
  type SettingsRequest,
} from './database-settings.ts';
import { dbBackup } from './jobs/db-backup.ts';
import { runScript } from './jobs/run-script.ts';
import type { JobContext } from './job-context.ts';

export type JobResult = DbBackupResult | RunScriptResult;

/** What performing a job needs of the outside. */
export interface Outside {
  /** Looks a database's path up in Parameter Store. */
  lookUpDatabase: (dbName: string, dbEnv: string) => ReturnType<NonNullable<SettingsRequest['lookUp']>>;
  openStore: (bucket: string) => ObjectStore;
  /** PEM file of the authorities that a database server's certificate may come from. */
  authoritiesFile: string;
  /** From then on the text is in no log line. */
  hideSecret: (text: string) => void;
  assertStillWanted: () => Promise<void>;
}

/**
 * Performs one checked job.
 * @throws JobError
 */
export async function performJob(
  job: WorkerJob,
  environment: WorkerEnvironment,
  outside: Outside,
  context: JobContext,
): Promise<JobResult> {
  switch (job.job_name) {
    case 'db_backup': {
      const settings = await settingsFor(job.job_options, 'connection and storage', environment, outside);
      if (settings === 'dry run') return dryRunBackup(job.job_options, environment, context);
      const connection = connectionOf(settings, environment, outside);
      const store = outside.openStore(settings.bucket);
      const { assertStillWanted } = outside;
      return dbBackup(
        { options: job.job_options, connection, store, s3Path: settings.s3Path, assertStillWanted },
        context,
      );
    }
    case 'run_script': {
      const { db_name, db_env } = job.job_options;
      if (db_name === undefined || db_env === undefined)
        return runScript({ options: job.job_options, connection: undefined }, context);
      const settings = await settingsFor({ db_name, db_env }, 'connection', environment, outside);
      const connection = settings === 'dry run' ? undefined : connectionOf(settings, environment, outside);
      return runScript({ options: job.job_options, connection }, context);
    }
  }
}

async function settingsFor(
  database: { db_name: string; db_env: string },
  need: Need,
  environment: WorkerEnvironment,
  outside: Outside,
): Promise<DatabaseSettings | 'dry run'> {
  const { db_name: dbName, db_env: dbEnv } = database;
  const request: SettingsRequest = {
    dbName,
    dbEnv,
    given: environment.given,
    need,
    parameterPrefix: environment.parameterPrefix,
    lookUp: dbEnv === DIRECT_ENVIRONMENT ? undefined : () => outside.lookUpDatabase(dbName, dbEnv),
  };
  const values = await gatherValues(request);
  if (values.db_pass) outside.hideSecret(values.db_pass);
  return isDryRun(values) ? 'dry run' : checkValues(values, request);
}

function connectionOf(
  settings: DatabaseSettings,
  environment: WorkerEnvironment,
  outside: Outside,
): DatabaseConnection {
  const { host, port, user, password, database } = settings;
  return { host, port, user, password, database, tls: tlsFor(host, environment.databaseTls, outside.authoritiesFile) };
}

/** Long enough to be seen running in a console or by a status call. */
const DRY_RUN_STEP_MS = 200;

async function dryRunBackup(
  options: { db_name: string; db_env: string },
  environment: WorkerEnvironment,
  context: JobContext,
): Promise<DbBackupResult> {
  const startedAt = context.now();
  const backupId = newBackupId(startedAt);
  const steps = 5;
  for (let step = 1; step <= steps; step++) {
    context.reportProgress({ phase: 'dumping', bytes: step, of_bytes: steps });
    context.log.info({ step, of: steps }, 'dry run: neither MySQL nor S3 is touched');
    await delay(DRY_RUN_STEP_MS, undefined, { signal: context.signal });
  }
  const { s3_bucket: bucket = 'dry-run', s3_path: s3Path = 'dry-run' } = environment.given;
  const prefix = backupPrefix({ s3Path, dbName: options.db_name, dbEnv: options.db_env, backupId });
  return {
    status: 'job complete',
    backup_id: backupId,
    s3_uri: `s3://${bucket}/${prefix}/`,
    bytes: 0,
    stored_bytes: 0,
    rows: 0,
    tables: 0,
    consistency: 'dry-run',
    duration_ms: context.now().getTime() - startedAt.getTime(),
  };
}
