import { startCountingS3Server, type DatabaseServer } from '@serverless-ops/test-servers';
import { compareWays, comparisonTable } from './compare-ways.ts';
import { createBenchDatabase } from './database.ts';
import { DATA_SETS } from './data-sets.ts';
import { markdownTable } from './markdown-table.ts';
import { compressedMydumperWay, mydumperWay, oldWay, pipeWay, workerWay, type WaysOptions } from './ways.ts';

/** How many threads the worker is measured with, beside its default of 2. */
const PARALLELISMS = [1, 4];

/** Backs each data set up in every way, and prints the tables. */
export async function benchmarkBackups(
  server: DatabaseServer,
  { print, ...options }: Pick<WaysOptions, 'worker' | 'folder'> & { readonly print: (text: string) => void },
): Promise<void> {
  const s3 = await startCountingS3Server();
  const place: WaysOptions = { ...options, s3Endpoint: s3.endpoint };
  try {
    for (const [index, dataSet] of DATA_SETS.entries()) {
      const database = await createBenchDatabase(server, dataSet, options.folder);
      const isFirst = index === 0;
      const measured = await compareWays(
        [
          workerWay(place),
          pipeWay(place),
          mydumperWay(place),
          compressedMydumperWay(place),
          ...(isFirst ? PARALLELISMS.map((parallelism) => workerWay(place, { parallelism })) : []),
          ...(isFirst ? [workerWay(place, { engine: 'script' }), oldWay(place)] : []),
        ],
        database,
      );
      const megabytes = ((measured[0]?.costs[0]?.bytes ?? 0) / 1e6).toFixed(0);
      const title = `### ${server.flavor} ${server.version}: ${dataSet.title}, a dump of ${megabytes} MB`;
      print(`${title}\n\n${markdownTable(comparisonTable(measured))}`);
    }
  } finally {
    await s3.stop();
  }
}
