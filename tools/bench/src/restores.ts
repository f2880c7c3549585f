import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseServer } from '@serverless-ops/test-servers';
import { backUpToFolder } from './backup-folder.ts';
import { compareWays, comparisonTable } from './compare-ways.ts';
import { bashCost, type Cost } from './cost.ts';
import { DATA_SETS, withKeys } from './data-sets.ts';
import { createBenchDatabase } from './database.ts';
import { markdownTable } from './markdown-table.ts';
import { runBash } from './run-bash.ts';
import type { Way } from './ways.ts';

const TARGET = 'restored';
const SESSIONS = [2, 4];
const MYLOADER_THREADS = 4;
const MYDUMPER_ROWS = 100_000;

/** Restores each data set in every way, and prints the tables. What the ways read is on the disk. */
export async function benchmarkRestores(
  server: DatabaseServer,
  { folder, print }: { readonly folder: string; readonly print: (text: string) => void },
): Promise<void> {
  const [mix] = DATA_SETS;
  const small = DATA_SETS.find(({ title }) => title.includes('tables of 3 rows'));
  if (!mix || !small) throw new Error('A data set is missing.');
  for (const dataSet of [mix, withKeys(mix), small]) {
    await createBenchDatabase(server, dataSet, folder);
    const ours = join(folder, 'ours');
    const theirs = join(folder, 'theirs');
    await mkdir(ours);
    await backUpToFolder(server, 'bench', ours);
    const optionFile = join(folder, 'root.cnf');
    const login = [`host=${server.host}`, `port=${server.port}`, 'user=root', `password=${server.rootPassword}`];
    await writeFile(optionFile, `${['[client]', ...login].join('\n')}\n`, { mode: 0o600 });
    await runBash(
      `mydumper --defaults-file=${optionFile} --database bench --rows ${MYDUMPER_ROWS} --threads 4 --outputdir ${theirs}`,
    );
    const ways: Way[] = [
      ...SESSIONS.map((sessions) => engineWay(server, ours, String(sessions))),
      ...(dataSet === small ? [engineWay(server, ours, '2 t17')] : []),
      intoEmpty(server, 'zstd -dc \\| mariadb', () =>
        bashCost(
          `mariadb --defaults-file=${optionFile} -e 'CREATE DATABASE ${TARGET}'
           zstd -dc ${ours}/*.sql.zst | mariadb --defaults-file=${optionFile} --binary-mode --max-allowed-packet=1G ${TARGET}`,
        ),
      ),
      intoEmpty(server, `myloader -t ${MYLOADER_THREADS}`, () =>
        bashCost(`myloader --defaults-file=${optionFile} -t ${MYLOADER_THREADS} -B ${TARGET} -d ${theirs}`),
      ),
    ];
    const database = { server, name: TARGET, user: 'root', password: server.rootPassword, optionFile };
    print(`### ${server.flavor} ${server.version}: a restore of ${dataSet.title}`);
    print(markdownTable(comparisonTable(await compareWays(ways, database, 2))));
    await Promise.all([ours, theirs].map((path) => rm(path, { recursive: true })));
    await server.query(`DROP DATABASE IF EXISTS ${TARGET}`);
  }
}

function engineWay(server: DatabaseServer, folder: string, sessionsAndTable: string): Way {
  const main = join(import.meta.dirname, 'restore-main.ts');
  const { port, rootPassword } = server;
  return intoEmpty(server, `the engine, ${sessionsAndTable.replace(' ', ' sessions, table ')}`, async () => {
    const output = join(folder, '..', 'peak');
    const cost = await bashCost(
      `node ${main} ${folder} ${port} ${rootPassword} ${TARGET} ${sessionsAndTable} > ${output}`,
    );
    return { ...cost, peakBytes: Number(await runBash(`cat ${output}`)) };
  });
}

/** The removal of what the way before it restored counts for none. */
function intoEmpty(server: DatabaseServer, name: string, run: () => Promise<Cost>): Way {
  return {
    name,
    run: async () => {
      await server.query(`DROP DATABASE IF EXISTS ${TARGET}`);
      return run();
    },
  };
}
