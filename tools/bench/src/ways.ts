import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENVIRONMENT, TASK_TOKEN_LOCALTEST } from '@serverless-ops/names';
import { bashCost, type Cost } from './cost.ts';
import type { BenchDatabase } from './database.ts';
import { runBash } from './run-bash.ts';
import { runWorkerProcess } from './run-worker-process.ts';
import type { WorkerBundle } from './worker-bundle.ts';

/** A way to back a database up. */
export interface Way {
  readonly name: string;
  readonly run: (database: BenchDatabase) => Promise<Cost>;
}

export interface WaysOptions {
  readonly worker: WorkerBundle;
  readonly s3Endpoint: string;
  /** For what the ways write to disk. */
  readonly folder: string;
}

/** mydumper cuts a table into parts of so many rows. */
const MYDUMPER_ROWS = 100_000;

/** Our way: the worker, given everything in its environment. The name says the options that are not the default. */
export function workerWay({ worker, s3Endpoint }: WaysOptions, options: Readonly<Record<string, unknown>> = {}): Way {
  const named = Object.entries(options).map(([name, value]) => `, ${name} ${String(value)}`);
  return {
    name: `worker${named.join('')}`,
    run: (database) =>
      runWorkerProcess(worker, {
        [ENVIRONMENT.taskToken]: TASK_TOKEN_LOCALTEST,
        [ENVIRONMENT.jobName]: 'db_backup',
        [ENVIRONMENT.jobOptions]: JSON.stringify(options),
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
      }),
  };
}

/** The dump tool of the server's maker, compressed and thrown away. */
export function pipeWay({ worker, folder }: WaysOptions): Way {
  return {
    name: 'dump tool \\| zstd -1 -T0 > /dev/null',
    run: (database) => unbuffered(`${dump(worker, database)} | zstd -1 -T0 -q > /dev/null`, folder),
  };
}

/** Another dump tool with several sessions, whose files are not compressed. */
export function mydumperWay({ folder }: WaysOptions): Way {
  return { name: 'mydumper', run: (database) => mydumper(database, folder, '') };
}

/** What it writes compressed afterwards, as the worker's objects are. */
export function compressedMydumperWay({ folder }: WaysOptions): Way {
  const compress = `find ${folder}/mydumper -type f -print0 | xargs -0 zstd -1 -q --rm`;
  return { name: 'mydumper, then zstd -1', run: (database) => mydumper(database, folder, compress) };
}

async function mydumper({ name, optionFile }: BenchDatabase, folder: string, afterwards: string): Promise<Cost> {
  const output = join(folder, 'mydumper');
  const what = `--database ${name} --triggers --events --routines --rows ${MYDUMPER_ROWS}`;
  const cost = await bashCost(
    `mydumper --defaults-file=${optionFile} ${what} --threads 2 --verbose 1 --outputdir ${output}\n${afterwards}`,
  );
  await runBash(`rm -r ${output}`);
  return cost;
}

/** The way of the old scripts: dump to a file, pack it, then send it. */
export function oldWay({ worker, folder, s3Endpoint }: WaysOptions): Way {
  return {
    name: 'dump to a file, tar -cz, upload',
    run: async (database) => {
      const packed = await unbuffered(
        `cd ${folder}; ${dump(worker, database)} > dump.sql; tar -czf dump.tar.gz dump.sql`,
        folder,
      );
      const startedMs = performance.now();
      const body = await openAsBlob(join(folder, 'dump.tar.gz'));
      const answer = await fetch(`${s3Endpoint}/backups/dump.tar.gz`, { method: 'PUT', body });
      if (!answer.ok) throw new Error(`The upload was answered with ${answer.status}`);
      const seconds = packed.seconds + (performance.now() - startedMs) / 1000;
      await runBash(`rm ${folder}/dump.sql ${folder}/dump.tar.gz`);
      return { ...packed, seconds };
    },
  };
}

/** The worker's own dump script, so that all ways read the database with the same options. */
function dump(worker: WorkerBundle, { name, optionFile, server }: BenchDatabase): string {
  return `bash ${worker.dumpScript} ${name} ${server.flavor} 3< ${optionFile}`;
}

/**
 * What the worker is compared with is the dump tool as anybody would call it. The larger output buffer that the
 * worker's script gives it with `stdbuf` is taken away again, by another `stdbuf` that comes first in the PATH.
 */
async function unbuffered(script: string, folder: string): Promise<Cost> {
  await writeFile(join(folder, 'stdbuf'), '#!/bin/sh\nshift\nexec "$@"\n', { mode: 0o755 });
  return bashCost(`PATH=${folder}:$PATH; ${script}`);
}
