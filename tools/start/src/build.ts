import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The local cloud and every stack that it runs. */
const PROJECTS = ['tag:wave:foundation', 'tag:wave:app', 'tag:wave:edge', 'local-cloud'];

/** Builds and synthesizes; what has not changed comes from Nx's cache. Shows Nx's own report, and throws when it fails. */
export async function build(workspaceRoot: string): Promise<void> {
  const words = ['run-many', '--targets=build,synth', `--projects=${PROJECTS.join(',')}`, '--output-style=static'];
  const nx = spawn('nx', words, { cwd: workspaceRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  const report: Buffer[] = [];
  for (const output of [nx.stdout, nx.stderr]) output.on('data', (chunk: Buffer) => report.push(chunk));
  const [code] = (await once(nx, 'close')) as [number | null];
  if (code !== 0)
    throw new Error(`${Buffer.concat(report).toString()}\nThe stacks could not be built; Nx says why above.`);
}
