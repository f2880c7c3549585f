import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Milliseconds from the start of a Node process to the moment in which a Lambda handler could be called, `rounds` times
 * for each module; the modules take turns, so that what else the machine does hits them alike.
 *
 * @param folder for the program that loads a module
 */
export async function measureStarts(
  modules: readonly string[],
  { folder, rounds }: { folder: string; rounds: number },
): Promise<number[][]> {
  const loader = join(folder, 'load-handler.mjs');
  await writeFile(
    loader,
    "const { handler } = await import(process.argv[2]); if (typeof handler === 'function') process.stdout.write('ready');\n",
  );
  const starts = modules.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, module] of modules.entries()) starts[index]?.push(await measureStart(loader, module));
  }
  return starts;
}

/** With the environment that a function is configured by, and without what Node reads beside it. */
async function measureStart(loader: string, module: string): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [loader, module], {
    env: { AWS_REGION: 'eu-west-1', DATABASE_TLS: 'verify', KEY_ID: 'alias/bench', PARAMETER_PREFIX: '/bench' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const readyMs = once(child.stdout, 'data').then(() => performance.now() - startedMs);
  const [code] = (await exited) as [number | null];
  if (code !== 0) throw new Error(`Loading ${module} ended with ${String(code)}`);
  return readyMs;
}
