import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { createJobLogger } from '@serverless-ops/job-logging';
import { createProgressWriter, noProgress } from '@serverless-ops/job-progress';
import { JobError } from '@serverless-ops/job-schemas';
import { DATABASE_PARAMETERS, ENVIRONMENT, TASK_TOKEN_LOCALTEST } from '@serverless-ops/names';
import { createObjectStore, S3_CLIENT_DEFAULTS } from '@serverless-ops/object-store';
import { lookUpDatabase } from '@serverless-ops/parameter-lookup';
import { createTaskReporter } from '@serverless-ops/task-token';
import { readEnvironment } from './config.ts';
import { readExecutionOrder } from './execution-order.ts';
import { listRunningJobs } from './prune/running-jobs.ts';
import { runWorker } from './run-worker.ts';
import { findScriptUser } from './script/script-user.ts';

const env = { ...process.env };
const environment = readEnvironment(env, `direct-${randomUUID()}`);
const executionArn = env[ENVIRONMENT.executionArn];
const { jobId, jobName, jobsTable, parameterPrefix, taskToken } = environment;

const jobLogger = createJobLogger({ fields: { job_id: jobId, ...(jobName && { job_name: jobName }) } });
if (taskToken !== TASK_TOKEN_LOCALTEST) jobLogger.hideSecret(taskToken);
if (environment.given.db_pass) jobLogger.hideSecret(environment.given.db_pass);
jobLogger.logger.info({ node: process.version }, 'worker started');

const terminated = new AbortController();
process.once('SIGTERM', () => {
  jobLogger.logger.warn('SIGTERM: stopping');
  terminated.abort(
    new JobError(
      'Stopped',
      'The task was stopped (SIGTERM) before the job was complete. A backup left nothing behind, and a restore marked its target ' +
        'as not whole. Order the job again.',
    ),
  );
});

/** A connection that falls silent counts as failed: without a limit, a heartbeat would wait for its answer for ever. */
const AWS_CLIENT_DEFAULTS = { requestHandler: { connectionTimeout: 5_000, socketTimeout: 20_000 } };

const ssm = new SSMClient(AWS_CLIENT_DEFAULTS);
const stepFunctions = new SFNClient(AWS_CLIENT_DEFAULTS);
const alreadyGiven = DATABASE_PARAMETERS.filter((name) => name in environment.given);
const exitCode = await runWorker({
  env,
  environment,
  jobLogger,
  reporter: createTaskReporter({ client: stepFunctions, token: taskToken }),
  progress: jobsTable
    ? createProgressWriter({ client: new DynamoDBClient(AWS_CLIENT_DEFAULTS), tableName: jobsTable, jobId })
    : noProgress,
  outside: {
    lookUpDatabase: (dbName, dbEnv) => lookUpDatabase({ client: ssm, parameterPrefix, dbName, dbEnv, alreadyGiven }),
    openStore: (bucket) => createObjectStore({ client: new S3Client(S3_CLIENT_DEFAULTS), bucket }),
    runningJobs: async () => (executionArn ? listRunningJobs(stepFunctions, executionArn) : undefined),
    authoritiesFile: join(import.meta.dirname, 'authorities.pem'),
  },
  readOrder: (arn) => readExecutionOrder({ client: stepFunctions, executionArn: arn }),
  scriptsFolder: join(import.meta.dirname, 'scripts'),
  scriptsPath: env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
  scriptUser: () =>
    findScriptUser({ name: environment.scriptUser, workerUid: process.getuid?.(), passwdFile: '/etc/passwd' }),
  terminated: terminated.signal,
  now: () => new Date(),
});
// A connection that was given up in the middle, or a process that holds a stream open, must not keep the container.
process.exit(exitCode);
