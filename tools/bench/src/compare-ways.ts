import type { Cost } from './cost.ts';
import type { BenchDatabase } from './database.ts';
import { median } from './median.ts';
import type { Way } from './ways.ts';

const ROUNDS = 3;

/** What a way took, round by round. */
export interface Measured {
  readonly name: string;
  readonly costs: readonly Cost[];
}

/** Takes the ways in turn, round by round, so that what changes on the machine meanwhile strikes all of them. */
export async function compareWays(ways: readonly Way[], database: BenchDatabase, rounds = ROUNDS): Promise<Measured[]> {
  await ways[0]?.run(database); // Fills the server's caches; counted for none.
  const costs = ways.map((): Cost[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, way] of ways.entries()) costs[index]?.push(await way.run(database));
  }
  return ways.map(({ name }, index) => ({ name, costs: costs[index] ?? [] }));
}

/** The comparison as rows of a table: each way with all its rounds and its medians, and what those are to the first's. */
export function comparisonTable([first, ...others]: readonly Measured[]): string[][] {
  if (first === undefined) return [];
  const seconds = ({ costs }: Measured): number => median(costs.map((cost) => cost.seconds));
  const cpuSeconds = ({ costs }: Measured): number => median(costs.map((cost) => cost.cpuSeconds));
  const row = (way: Measured, ratios: string[]): string[] => [
    way.name,
    way.costs.map((cost) => cost.seconds.toFixed(2)).join(', '),
    seconds(way).toFixed(2),
    cpuSeconds(way).toFixed(2),
    peak(way),
    ...ratios,
  ];
  const times = (ratio: number): string => ratio.toFixed(2);
  return [
    ['way', 'rounds (s)', 'median (s)', 'CPU (s)', 'peak memory', 'time of the worker', 'CPU of the worker'],
    row(first, ['', '']),
    ...others.map((way) =>
      row(way, [times(seconds(first) / seconds(way)), times(cpuSeconds(first) / cpuSeconds(way))]),
    ),
  ];
}

function peak({ costs }: Measured): string {
  const bytes = Math.max(...costs.map((cost) => cost.peakBytes ?? 0));
  return bytes === 0 ? '' : `${(bytes / 1e6).toFixed(0)} MB`;
}
