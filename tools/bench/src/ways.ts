import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENVIRONMENT, TASK_TOKEN_LOCALTEST } from '@serverless-ops/names';
import type { BenchDatabase } from './database.ts';
import { runBash } from './run-bash.ts';
import { runWorkerProcess, type WorkerRun } from './run-worker-process.ts';
import type { WorkerBundle } from './worker-bundle.ts';

/** Our way: the worker, given everything in its environment. */
export function backUpWithWorker(
  worker: WorkerBundle,
  database: BenchDatabase,
  s3Endpoint: string,
): Promise<WorkerRun> {
  return runWorkerProcess(worker, {
    [ENVIRONMENT.taskToken]: TASK_TOKEN_LOCALTEST,
    [ENVIRONMENT.jobName]: 'db_backup',
    [ENVIRONMENT.dbHost]: database.server.host,
    [ENVIRONMENT.dbPort]: String(database.server.port),
    [ENVIRONMENT.dbName]: database.name,
    [ENVIRONMENT.dbUser]: database.user,
    [ENVIRONMENT.dbPass]: database.password,
    [ENVIRONMENT.s3Bucket]: 'backups',
    [ENVIRONMENT.s3Path]: 'bench',
    AWS_ENDPOINT_URL_S3: s3Endpoint,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
  });
}

/** What bounds every way: the same dump, compressed and thrown away. */
export async function dumpToNowhere(worker: WorkerBundle, database: BenchDatabase, folder: string): Promise<void> {
  await runUnbuffered(`${dump(worker, database)} | zstd -1 -T0 -q > /dev/null`, folder);
}

/** The way of the old scripts: dump to a file, pack it, then send it. */
export async function dumpThenPackThenSend(
  worker: WorkerBundle,
  database: BenchDatabase,
  { folder, s3Endpoint }: { folder: string; s3Endpoint: string },
): Promise<void> {
  await runUnbuffered(`cd ${folder}; ${dump(worker, database)} > dump.sql; tar -czf dump.tar.gz dump.sql`, folder);
  const body = await openAsBlob(join(folder, 'dump.tar.gz'));
  const answer = await fetch(`${s3Endpoint}/backups/dump.tar.gz`, { method: 'PUT', body });
  if (!answer.ok) throw new Error(`The upload was answered with ${answer.status}`);
  await runBash(`rm ${folder}/dump.sql ${folder}/dump.tar.gz`);
}

/** The worker's own dump script, so that all ways read the database with the same options. */
export function dump(worker: WorkerBundle, { name, optionFile, server }: BenchDatabase): string {
  return `bash ${worker.dumpScript} ${name} ${server.flavor} 3< ${optionFile}`;
}

/**
 * What the worker is compared with is the dump tool as anybody would call it. The larger output buffer that the
 * worker's script gives it with `stdbuf` is taken away again, by another `stdbuf` that comes first in the PATH.
 */
async function runUnbuffered(script: string, folder: string): Promise<void> {
  await writeFile(join(folder, 'stdbuf'), '#!/bin/sh\nshift\nexec "$@"\n', { mode: 0o755 });
  await runBash(`PATH=${folder}:$PATH; ${script}`);
}
