import type { BenchDatabase } from './database.ts';
import { median } from './median.ts';
import type { WorkerRun } from './run-worker-process.ts';
import { backUpWithWorker, dumpThenPackThenSend, dumpToNowhere } from './ways.ts';
import type { WorkerBundle } from './worker-bundle.ts';

const ROUNDS = 3;

/** Seconds of each round, way by way. */
export interface SpeedComparison {
  worker: number[];
  pipe: number[];
  oldWay: number[];
  /** The worker's runs, for what else they show. */
  workerRuns: WorkerRun[];
}

/** Takes the ways in turn, round by round, so that what changes on the machine meanwhile strikes all of them. */
export async function compareSpeed(
  worker: WorkerBundle,
  database: BenchDatabase,
  place: { folder: string; s3Endpoint: string },
): Promise<SpeedComparison> {
  await dumpToNowhere(worker, database, place.folder); // Fills the server's caches; counted for none.
  const comparison: SpeedComparison = { worker: [], pipe: [], oldWay: [], workerRuns: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    comparison.pipe.push(await secondsOf(() => dumpToNowhere(worker, database, place.folder)));
    comparison.worker.push(
      await secondsOf(async () => {
        comparison.workerRuns.push(await backUpWithWorker(worker, database, place.s3Endpoint));
      }),
    );
    comparison.oldWay.push(await secondsOf(() => dumpThenPackThenSend(worker, database, place)));
  }
  return comparison;
}

/** The comparison as rows of a table: each way with all its rounds, its median, and what it is to the worker's. */
export function speedRows(comparison: SpeedComparison): string[][] {
  const worker = median(comparison.worker);
  const row = (way: string, seconds: number[], ratio: string): string[] => [
    way,
    seconds.map((value) => value.toFixed(1)).join(', '),
    median(seconds).toFixed(1),
    ratio,
  ];
  const toPipe = (worker / median(comparison.pipe)).toFixed(2);
  const toOldWay = (median(comparison.oldWay) / worker).toFixed(1);
  return [
    ['way', 'rounds (s)', 'median (s)', 'worker compared (goal)'],
    row('worker, start of the process to its end', comparison.worker, ''),
    row('dump \\| zstd -1 -T0 > /dev/null', comparison.pipe, `${toPipe} times the time (at most 1.25)`),
    row('dump to a file, tar -cz, upload', comparison.oldWay, `${toOldWay} times as fast (at least 5)`),
  ];
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1000;
}
