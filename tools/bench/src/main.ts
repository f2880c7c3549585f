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
import { createBenchDatabase, type BenchDatabase } from './database.ts';
import { storeInLocalCloud } from './local-cloud-store.ts';
import { describeMachine } from './machine.ts';
import { markdownTable } from './markdown-table.ts';
import { median } from './median.ts';
import { passwordFunctionCalls, passwordFunctionStarts } from './password-function.ts';
import { runBash } from './run-bash.ts';
import { runWorkerProcess } from './run-worker-process.ts';
import { backUpWithWorker, dump } from './ways.ts';
import { builtWorker, workerWithDumpScript, type WorkerBundle } from './worker-bundle.ts';

const STARTS = 10;
/** How often a dump is repeated to be a bigger one: 800 MB become 4 GB. */
const REPEATS = [1, 5];

const folder = await mkdtemp(join(tmpdir(), 'serverless-ops-bench-'));
const dumpFile = join(folder, 'memory.sql');
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
  console.log(`\n${await storeInLocalCloud(process.cwd())}\n`);
  console.log(`\n${await passwordFunctionStarts(folder)}\n`);
  for (const start of [startMariadb, ...(mysqlAvailable() ? [startMysql] : [])]) {
    await using server = await start();
    console.log(`${await passwordFunctionCalls(server)}\n`);
  }
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

    const fromDatabase = speed.workerRuns.map(({ peakBytes }) => megabytes(peakBytes));
    const rows = [['from the database', megabytes(bytes), fromDatabase.join(', ')]];
    await runBash(`${dump(worker, database)} > ${dumpFile}`);
    for (const times of REPEATS) rows.push(await memoryRow(server, database, times));
    console.log(`\n${markdownTable([['dump', 'size', 'peak memory of the worker (goal: under 200 MB)'], ...rows])}`);
  } finally {
    await server.stop();
  }
}

/** The dump again, from a file and several times over: more of it, and faster than any database. */
async function memoryRow(server: DatabaseServer, database: BenchDatabase, times: number): Promise<string[]> {
  const script = `for _ in {1..${times}}; do cat ${dumpFile}; done`;
  const worker = await workerWithDumpScript(join(folder, `worker-${server.flavor}-${times}`), script);
  const { result, peakBytes } = await backUpWithWorker(worker, database, s3.endpoint);
  return [times === 1 ? 'from a file' : `from a file, ${times} times`, megabytes(result.bytes), megabytes(peakBytes)];
}

async function benchmarkStart(): Promise<void> {
  const environment = { [ENVIRONMENT.jobName]: 'db_backup', [ENVIRONMENT.dbHost]: DB_HOST_DRYRUN, AWS_REGION: 'none' };
  const starts: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const run = await runWorkerProcess(builtWorker, { ...environment, [ENVIRONMENT.dbName]: 'bench' });
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
