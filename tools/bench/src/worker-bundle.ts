import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The built worker, as it goes into the image. */
export interface WorkerBundle {
  main: string;
  dumpScript: string;
}

const BUILT = join(import.meta.dirname, '..', '..', '..', 'dist', 'apps', 'mysql-worker', 'bundle');

/** The worker as it was built. */
export const builtWorker: WorkerBundle = bundleIn(BUILT);

/** A copy of the worker in `folder` whose dump script is another; `builtWorker.dumpScript` has the original's path. */
export async function workerWithDumpScript(folder: string, script: string): Promise<WorkerBundle> {
  await cp(BUILT, folder, { recursive: true });
  const bundle = bundleIn(folder);
  await writeFile(bundle.dumpScript, `#!/usr/bin/env bash\nset -euo pipefail\n${script}\n`);
  return bundle;
}

function bundleIn(folder: string): WorkerBundle {
  return { main: join(folder, 'main.mjs'), dumpScript: join(folder, 'scripts', 'db_backup.sh') };
}
