import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The built worker, as it goes into the image. */
export interface WorkerBundle {
  folder: string;
  /** The image's ENTRYPOINT, to be run in the folder. */
  entrypoint: [string, ...string[]];
  dumpScript: string;
}

const BUILT = join(import.meta.dirname, '..', '..', '..', 'dist', 'apps', 'mysql-worker', 'bundle');

/** The worker as it was built. */
export const builtWorker: WorkerBundle = await bundleIn(BUILT);

/** A copy of the worker in `folder` whose dump script is another; `builtWorker.dumpScript` has the original's path. */
export async function workerWithDumpScript(folder: string, script: string): Promise<WorkerBundle> {
  await cp(BUILT, folder, { recursive: true });
  const bundle = await bundleIn(folder);
  await writeFile(bundle.dumpScript, `#!/usr/bin/env bash\nset -euo pipefail\n${script}\n`);
  return bundle;
}

async function bundleIn(folder: string): Promise<WorkerBundle> {
  const dockerfile = await readFile(join(folder, 'Dockerfile'), 'utf8');
  const entrypoint = /^ENTRYPOINT (\[.*\])$/m.exec(dockerfile)?.[1];
  if (entrypoint === undefined) throw new Error(`The Dockerfile in ${folder} has no ENTRYPOINT in exec form`);
  return {
    folder,
    entrypoint: JSON.parse(entrypoint) as [string, ...string[]],
    dumpScript: join(folder, 'scripts', 'db_backup.sh'),
  };
}
