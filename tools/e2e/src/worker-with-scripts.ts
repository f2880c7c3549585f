import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WORKSPACE_ROOT } from './stage.ts';

/** An installation whose worker image has other scripts; everything else is as it was built. */
export interface WorkerWithScripts {
  /** To be given to the local cloud. */
  assemblies: string[];
  remove(): Promise<void>;
}

/** Copies the worker's assembly and puts scripts, name to text, into its image's folder. */
export async function workerWithScripts(scripts: Readonly<Record<string, string>>): Promise<WorkerWithScripts> {
  const applications = join(WORKSPACE_ROOT, 'dist', 'apps');
  const folder = await mkdtemp(join(tmpdir(), 'worker-with-scripts-'));
  await cp(join(applications, 'mysql-worker', 'cdk.out'), folder, { recursive: true });
  for (const asset of await readdir(folder)) {
    const content = asset.startsWith('asset.') ? await readdir(join(folder, asset)) : [];
    if (!content.includes('scripts')) continue;
    for (const [name, text] of Object.entries(scripts)) await writeFile(join(folder, asset, 'scripts', name), text);
  }
  return {
    assemblies: [
      ...['infra', 'password-lambda', 'job-watcher', 'api-contract'].map((app) => join(applications, app, 'cdk.out')),
      folder,
    ],
    remove: () => rm(folder, { recursive: true }),
  };
}
