import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The local cloud and every stack that it runs. */
const PROJECTS = ['tag:wave:foundation', 'tag:wave:app', 'tag:wave:edge', 'local-cloud'];

/**
 * Builds and synthesizes the stacks, and builds the local cloud. Nx skips what has not changed.
 *
 * @throws Error with Nx's own report when a build fails
 */
export async function buildStacks(workspaceRoot: string): Promise<void> {
  const args = ['run-many', '--targets=build,synth', `--projects=${PROJECTS.join(',')}`, '--output-style=static'];
  try {
    await run('nx', args, { cwd: workspaceRoot, maxBuffer: 64 * 1024 * 1024 });
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    throw new Error(`${stdout}${stderr}\nThe stacks could not be built; Nx says why above.`, { cause });
  }
}
