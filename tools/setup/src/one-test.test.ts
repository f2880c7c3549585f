import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';

const workspaceRoot = join(import.meta.dirname, '../../..');

interface Project {
  targets?: Record<string, { command?: string }>;
}

/** What the command of a test ended with, and what it printed. */
function run(command: string): Promise<{ exitCode: unknown; output: string }> {
  const PATH = `${join(workspaceRoot, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
  return new Promise((resolve) => {
    execFile('sh', ['-c', command], { cwd: workspaceRoot, env: { PATH } }, (error, stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : error.code, output: stdout + stderr }),
    );
  });
}

/** The projects as Nx infers them from their files; without Nx, which runs this test. */
async function inferProjects(): Promise<Record<string, Project>> {
  const files = globSync('{apps,libs,tools}/*/tsconfig.json', { cwd: workspaceRoot });
  const program = `import { createNodesV2 } from './tools/nx/workspace-targets.mjs';
    const context = { workspaceRoot: ${JSON.stringify(workspaceRoot)}, nxJsonConfiguration: {} };
    const inferred = await createNodesV2[1](${JSON.stringify(files)}, undefined, context);
    console.log(JSON.stringify(Object.assign({}, ...inferred.map(([, { projects }]) => projects))));`;
  const { output } = await run(`node --input-type=module --eval '${program.replaceAll("'", '"')}'`);
  return JSON.parse(output) as Record<string, Project>;
}

describe('one test', () => {
  it('runs by the name of its folder, from the root of the workspace', async () => {
    const { exitCode, output } = await run('jest libs/names --listTests');

    expect(exitCode).toBe(0);
    expect(output).toMatch(/\/libs\/names\/src\/resource-names\.test\.ts$/m);
    expect(output).not.toMatch(/\/libs\/settings\//);
  });

  it('fails when its name fits none', async () => {
    const { targets } = (await inferProjects())['libs/names'] ?? {};

    const { exitCode, output } = await run(`${targets?.['test']?.command ?? 'true'} --testPathPatterns=no-such-test`);

    expect(exitCode).toBe(1);
    expect(output).toMatch(/No tests found/);
  });

  it('has a target in each project that has tests, and in no other', async () => {
    const projects = Object.entries(await inferProjects());
    const withTests = new Set(
      globSync('{apps,libs,tools}/*/{*.test.ts,!(node_modules)/**/*.test.ts}', { cwd: workspaceRoot }).map((file) =>
        file.split('/').slice(0, 2).join('/'),
      ),
    );

    expect(withTests.size).toBeGreaterThan(10);
    const withTarget = projects.filter(([, { targets }]) => targets?.['test'] !== undefined).map(([root]) => root);
    expect(withTarget.sort()).toEqual([...withTests].sort());
  });
});
