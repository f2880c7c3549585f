import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { DatabaseServer, ScriptedAwsEndpoint, ScriptedS3Server } from '@serverless-ops/test-servers';
import { WORKSPACE_ROOT } from './stage.ts';

/** The bundle as it is copied into the image. */
const WORKER = join(WORKSPACE_ROOT, 'dist', 'apps', 'mysql-worker', 'bundle', 'main.mjs');

/** Of every worker process; it must not be in a log. */
export const TASK_TOKEN = 'AQCEAAAAKgAAAAMAAAAAAAAAAZ-token-of-one-task';

export interface WorkerSurroundings {
  readonly server: Pick<DatabaseServer, 'host' | 'port' | 'rootPassword'>;
  readonly s3: ScriptedS3Server;
  readonly stepFunctions: ScriptedAwsEndpoint;
  /** What is otherwise in the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface WorkerProcess {
  readonly kill: (signal: NodeJS.Signals) => boolean;
  readonly firstLine: Promise<unknown>;
  /** The exit code is null after a kill. */
  readonly ended: Promise<{ exitCode: number | null; log: string }>;
}

/** Starts the worker as its container would, with the order to back up `classicmodels` to `s3://backups/nightly`. */
export function startWorkerProcess({ server, s3, stepFunctions, env }: WorkerSurroundings): WorkerProcess {
  const child = spawn(process.execPath, [WORKER], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_ENDPOINT_URL_S3: s3.clientConfig.endpoint,
      AWS_ENDPOINT_URL_SFN: stepFunctions.clientConfig.endpoint,
      TASK_TOKEN_ENV_VARIABLE: TASK_TOKEN,
      JOB_NAME: 'db_backup',
      DB_NAME: 'classicmodels',
      DB_HOST: server.host,
      DB_PORT: String(server.port),
      DB_USER: 'root',
      DB_PASS: server.rootPassword,
      S3_BUCKET: 'backups',
      S3_PATH: 'nightly',
      ...env,
    },
  });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  return {
    kill: (signal) => child.kill(signal),
    firstLine: once(child.stdout, 'data'),
    ended: Promise.all([exit, text(child.stdout)]).then(([[exitCode], log]) => ({ exitCode, log })),
  };
}
