import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { runBash } from './run-bash.ts';

/** What the numbers depend on: a sentence for people who want to compare theirs. */
export async function describeMachine(): Promise<string> {
  const zstd = await runBash("zstd --version | grep -o 'v[0-9.]*' | head -1");
  const memoryGib = (totalmem() / 1024 ** 3).toFixed(0);
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return (
    `${availableParallelism()} cores (${model}), ${memoryGib} GiB of memory, Linux ${release()}, ` +
    `Node ${process.version}, zstd ${zstd}`
  );
}
