import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DB_HOST_DRYRUN, ENVIRONMENT } from '@serverless-ops/names';
import {
  mysqlAvailable,
  mysqlClientFolder,
  startCountingS3Server,
  startMariadb,
  startMysql,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import { compareSpeed, speedRows } from './compare-speed.ts';
import { createBenchDatabase } from './database.ts';
import { describeMachine } from './machine.ts';
import { markdownTable } from './markdown-table.ts';
import { median } from './median.ts';
import { runBash } from './run-bash.ts';
import { runWorkerProcess } from './run-worker-process.ts';
import { backUpWithWorker, dump } from './ways.ts';
import { builtWorker, workerWithDumpScript, type WorkerBundle } from './worker-bundle.ts';

const STARTS = 10;
/** How often the big dump repeats the database's: 800 MB become 4 GB. */
const REPEATS = 5;

const folder = await mkdtemp(join(tmpdir(), 'serverless-ops-bench-'));
const s3 = await startCountingS3Server();
try {
  console.log(`\n${await describeMachine()}\n`);
  await benchmark(await startMariadb(), builtWorker);
  if (mysqlAvailable()) {
    const server = await startMysql();
    const script = `PATH=${mysqlClientFolder()}:$PATH exec bash ${builtWorker.dumpScript} "$@"`;
    await benchmark(server, await workerWithDumpScript(join(folder, 'worker-mysql'), script));
  } else {
    console.log('\nMySQL cannot be had on this machine, so it is left out.');
  }
  await benchmarkStart();
} finally {
  await s3.stop();
  await rm(folder, { recursive: true });
}

async function benchmark(server: DatabaseServer, worker: WorkerBundle): Promise<void> {
  try {
    const database = await createBenchDatabase(server, folder);
    const speed = await compareSpeed(worker, database, { folder, s3Endpoint: s3.endpoint });
    const bytes = speed.workerRuns[0]?.result.bytes ?? 0;
    console.log(`\n### ${server.flavor} ${server.version}, a dump of ${megabytes(bytes)}\n`);
    console.log(markdownTable(speedRows(speed)));

    const dumpFile = join(folder, 'dump.sql');
    await runBash(`${dump(worker, database)} > ${dumpFile}`);
    const repeated = `for _ in {1..${REPEATS}}; do cat ${dumpFile}; done`;
    const big = await workerWithDumpScript(join(folder, `worker-big-${server.flavor}`), repeated);
    const bigRun = await backUpWithWorker(big, database, s3.endpoint);
    await rm(dumpFile);
    const peaks = speed.workerRuns.map(({ peakBytes }) => peakBytes);
    console.log(`\n${markdownTable(memoryRows(bytes, peaks, bigRun.result.bytes, bigRun.peakBytes))}`);
  } finally {
    await server.stop();
  }
}

function memoryRows(bytes: number, peaks: number[], bigBytes: number, bigPeak: number): string[][] {
  return [
    ['dump', 'peak memory of the worker (goal: under 200 MB, no higher for more)'],
    [megabytes(bytes), peaks.map(megabytes).join(', ')],
    [megabytes(bigBytes), megabytes(bigPeak)],
  ];
}

async function benchmarkStart(): Promise<void> {
  const environment = { [ENVIRONMENT.jobName]: 'db_backup', [ENVIRONMENT.dbHost]: DB_HOST_DRYRUN, AWS_REGION: 'none' };
  const starts: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const run = await runWorkerProcess(builtWorker.main, { ...environment, [ENVIRONMENT.dbName]: 'bench' });
    starts.push(run.firstLineMs);
  }
  const rounds = starts.map((value) => value.toFixed(0)).join(', ');
  console.log(
    `\n${markdownTable([
      ['worker start to its first log line (ms)', 'median (goal: under 300)'],
      [rounds, median(starts).toFixed(0)],
    ])}\n`,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
