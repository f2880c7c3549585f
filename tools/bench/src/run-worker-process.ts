import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { WorkerBundle } from './worker-bundle.ts';

/** What was seen of one run of the worker, from the outside. */
export interface WorkerRun {
  durationMs: number;
  /** From the start of the process to its first line. */
  firstLineMs: number;
  /** Most memory it held (VmHWM), without the dump tool's. */
  peakBytes: number;
  /** The job's result, from its last line. */
  result: { bytes: number; stored_bytes: number };
}

/** VmHWM only grows, so the last sample misses at most what came in this time. */
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
  const sampling = setInterval(() => {
    void peakBytesOf(worker.pid).then((bytes) => {
      peakBytes = Math.max(peakBytes, bytes);
    });
  }, SAMPLE_INTERVAL_MS);

  const lines: string[] = [];
  let firstLineMs = Infinity;
  for await (const line of createInterface(worker.stdout)) {
    firstLineMs = Math.min(firstLineMs, performance.now() - startedMs);
    lines.push(line);
  }
  const [code] = (await exited) as [number | null];
  clearInterval(sampling);
  const durationMs = performance.now() - startedMs;
  if (code !== 0) throw new Error(`The worker ended with ${String(code)}:\n${lines.join('\n')}`);
  const { result } = JSON.parse(lines.at(-1) ?? '') as Pick<WorkerRun, 'result'>;
  return { durationMs, firstLineMs, peakBytes, result };
}

async function peakBytesOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
