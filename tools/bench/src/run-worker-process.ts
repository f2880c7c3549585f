import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Cost } from './cost.ts';
import type { WorkerBundle } from './worker-bundle.ts';

/** What was seen of one run of the worker, from the outside. */
export interface WorkerRun extends Required<Cost> {
  /** From the start of the process to its first line. */
  readonly firstLineMs: number;
}

/** The kernel's figures only grow, so the last sample misses at most what came in this time. */
const SAMPLE_INTERVAL_MS = 20;

/** Runs the worker as `aws ecs run-task` does: by its environment alone. Rejects with its log when it fails. */
export async function runWorkerProcess(
  { folder, entrypoint: [program, ...args] }: WorkerBundle,
  environment: Record<string, string>,
): Promise<WorkerRun> {
  const startedMs = performance.now();
  const worker = spawn(program, args, {
    cwd: folder,
    env: { ...environment, PATH: String(process.env['PATH']) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(worker, 'exit');
  let peakBytes = 0;
  let cpuSeconds = 0;
  const sampling = setInterval(() => {
    void peakBytesOf(worker.pid).then((bytes) => (peakBytes = Math.max(peakBytes, bytes)));
    void cpuSecondsOf(worker.pid).then((seconds) => (cpuSeconds = Math.max(cpuSeconds, seconds)));
  }, SAMPLE_INTERVAL_MS);

  const lines: string[] = [];
  let firstLineMs = Infinity;
  for await (const line of createInterface(worker.stdout)) {
    firstLineMs = Math.min(firstLineMs, performance.now() - startedMs);
    lines.push(line);
  }
  const [code] = (await exited) as [number | null];
  clearInterval(sampling);
  const seconds = (performance.now() - startedMs) / 1000;
  if (code !== 0) throw new Error(`The worker ended with ${String(code)}:\n${lines.join('\n')}`);
  const { result } = JSON.parse(lines.at(-1) ?? '') as { result: { bytes: number } };
  return { seconds, cpuSeconds, firstLineMs, peakBytes, bytes: result.bytes };
}

/** Of the kernel's clock, which Linux shows in hundredths of a second (proc(5), `utime` and `stime`). */
const TICKS_PER_SECOND = 100;

/** With what its children took that have ended. */
async function cpuSecondsOf(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  // The fields before have the program's name in parentheses, with any character in it.
  const [utime, stime, childrenUtime, childrenStime] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11);
  return (
    [utime, stime, childrenUtime, childrenStime].reduce((sum, ticks) => sum + Number(ticks ?? 0), 0) / TICKS_PER_SECOND
  );
}

/** Without its children. */
async function peakBytesOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
