import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DB_HOST_DRYRUN, ENVIRONMENT } from '@serverless-ops/names';
import {
  mysqlAvailable,
  mysqlClientFolder,
  startMariadb,
  startMysql,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import { benchmarkBackups } from './benchmark-backups.ts';
import { consistencyUnderWriters } from './consistency.ts';
import { storeInLocalCloud } from './local-cloud-store.ts';
import { describeMachine } from './machine.ts';
import { markdownTable } from './markdown-table.ts';
import { median } from './median.ts';
import { passwordFunctionCalls, passwordFunctionStarts } from './password-function.ts';
import { benchmarkRestores } from './restores.ts';
import { runWorkerProcess } from './run-worker-process.ts';
import { builtWorker, workerWithDumpScript, type WorkerBundle } from './worker-bundle.ts';

const STARTS = 10;

/** What may be asked for by its name, one or several; all of it without a name. */
const BENCHMARKS = {
  backups: () => eachServer((server, worker) => benchmarkBackups(server, { worker, folder, print })),
  restores: () => eachServer((server) => benchmarkRestores(server, { folder, print })),
  consistency: () => eachServer(async (server) => print(await consistencyUnderWriters(server))),
  start: async () => print(await workerStarts()),
  store: async () => print(await storeInLocalCloud(process.cwd())),
  passwords: async () => {
    print(await passwordFunctionStarts(folder));
    await eachServer(async (server) => print(await passwordFunctionCalls(server)));
  },
};

const folder = await mkdtemp(join(tmpdir(), 'serverless-ops-bench-'));
try {
  print(await describeMachine());
  const asked = process.argv.slice(2);
  for (const [name, run] of Object.entries(BENCHMARKS)) if (asked.length === 0 || asked.includes(name)) await run();
} finally {
  await rm(folder, { recursive: true });
}

async function eachServer(run: (server: DatabaseServer, worker: WorkerBundle) => Promise<void>): Promise<void> {
  await using mariadb = await startMariadb();
  await run(mariadb, builtWorker);
  if (!mysqlAvailable()) {
    print('MySQL cannot be had on this machine, so it is left out.');
    return;
  }
  const script = `PATH=${mysqlClientFolder()}:$PATH exec bash ${builtWorker.dumpScript} "$@"`;
  const worker = await workerWithDumpScript(join(folder, 'worker-mysql'), script);
  await using mysql = await startMysql();
  await run(mysql, worker);
}

async function workerStarts(): Promise<string> {
  const environment = { [ENVIRONMENT.jobName]: 'db_backup', [ENVIRONMENT.dbHost]: DB_HOST_DRYRUN, AWS_REGION: 'none' };
  const starts: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const run = await runWorkerProcess(builtWorker, { ...environment, [ENVIRONMENT.dbName]: 'bench' });
    starts.push(run.firstLineMs);
  }
  return markdownTable([
    ['worker start to its first log line (ms)', 'median (goal: under 300)'],
    [starts.map((value) => value.toFixed(0)).join(', '), median(starts).toFixed(0)],
  ]);
}

function print(text: string): void {
  console.log(`\n${text}\n`);
}
