import { execFileSync } from 'node:child_process';
import { appendFileSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createSecondCheckout } from '@serverless-ops/test-servers';
import { assemblyDigests } from './assembly-digest.ts';
import { IN_NO_ASSEMBLY } from './testing/in-no-assembly.ts';

const workspaceRoot = join(import.meta.dirname, '../../..');
const projects = globSync('*/cdk.json', { cwd: join(workspaceRoot, 'apps') }).map(dirname);

jest.setTimeout(240_000); // A whole workspace is built and synthesized.

describe('two checkouts of one source', () => {
  let folder: string;
  let checkout: string;

  beforeAll(() => {
    // In the workspace, for hard links do not cross file systems; `tmp` is ignored by git, Nx and ESLint.
    mkdirSync(join(workspaceRoot, 'tmp'), { recursive: true });
    folder = mkdtempSync(join(workspaceRoot, 'tmp/checkout-'));
    checkout = join(folder, 'in/another/place');
    createSecondCheckout(workspaceRoot, checkout);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('give the same assemblies, byte by byte, although their folders, tests, docs and umasks differ', () => {
    for (const file of [...Object.keys(IN_NO_ASSEMBLY), 'README.md', 'docs/api.md']) {
      appendFileSync(join(checkout, file), '\n');
    }

    synthesize(checkout);

    for (const project of projects) {
      const assembly = `dist/apps/${project}/cdk.out`;
      const [here, there] = [workspaceRoot, checkout].map((root) => assemblyDigests(join(root, assembly)));
      expect(there).toEqual(here);
    }
  });
});

/** As somebody else on another machine would. */
function synthesize(checkout: string): void {
  const home = join(checkout, 'tmp/home');
  mkdirSync(home, { recursive: true });
  const nx = `umask 077; exec nx run-many -t synth -p ${projects.join(',')} --skip-nx-cache`;
  execFileSync('sh', ['-c', nx], {
    cwd: checkout,
    env: { PATH: `${checkout}/node_modules/.bin:/usr/bin:/bin`, HOME: home, TZ: 'Asia/Tokyo', LANG: 'C' },
    stdio: 'pipe',
  });
}
