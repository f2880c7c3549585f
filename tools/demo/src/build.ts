import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Builds and synthesizes what the demo runs; with nothing changed since the last time, Nx takes it from its cache. */
export async function build(workspaceRoot: string): Promise<void> {
  const projects = ['tag:wave:foundation', 'tag:wave:app', 'tag:wave:edge', 'local-cloud'];
  try {
    await run(
      'nx',
      ['run-many', '--targets=build,synth', `--projects=${projects.join(',')}`, '--output-style=static'],
      {
        cwd: workspaceRoot,
        maxBuffer: 64 * 1024 * 1024,
      },
    );
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`Building failed:\n${stdout}${stderr}`, { cause: error });
  }
}
