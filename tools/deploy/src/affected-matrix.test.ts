import {
  chmodSync,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { createProjectGraphAsync, type ProjectGraph } from '@nx/devkit';
import { filterAffected } from 'nx/src/project-graph/affected/affected-project-graph';
import { calculateFileChanges } from 'nx/src/project-graph/file-utils';
import { affectedDeployables } from './affected-deployables.ts';
import { findDeployables } from './deployables.ts';
import { createPrograms } from './programs.ts';
import { IN_NO_ASSEMBLY } from './testing/in-no-assembly.ts';

const workspaceRoot = join(import.meta.dirname, '../../..');

const NONE: string[] = [];
const ALL = ['api-contract', 'infra', 'job-watcher', 'mysql-worker', 'password-lambda'];
const JOBS = ['mysql-worker', 'password-lambda'];

/** A change to a file, and the projects whose deploy it triggers. */
const MATRIX: Readonly<Record<string, readonly string[]>> = {
  'apps/infra/infra/foundation-stack.ts': ['infra'],
  'apps/infra/cdk.json': ['infra'],
  'apps/job-watcher/src/handler.ts': ['job-watcher'],
  'apps/job-watcher/infra/job-watcher-stack.ts': ['job-watcher'],
  'apps/mysql-worker/src/main.ts': ['mysql-worker'],
  'apps/mysql-worker/scripts/db_backup.sh': ['mysql-worker'],
  'apps/mysql-worker/Dockerfile': ['mysql-worker'],
  'apps/mysql-worker/infra/mysql-worker-stack.ts': ['mysql-worker'],
  'apps/mysql-worker/package.json': ['mysql-worker'],
  'apps/password-lambda/src/change/handler.ts': ['password-lambda'],
  'apps/password-lambda/infra/password-lambda-stack.ts': ['password-lambda'],
  'apps/api-contract/infra/api-stack.ts': ['api-contract'],
  'apps/local-cloud/src/main.ts': NONE,
  'apps/ops-cli/src/main.ts': NONE,

  'libs/aws-limits/src/index.ts': ALL,
  'libs/aws-problem/src/index.ts': NONE,
  'libs/backup-retention/src/index.ts': ['mysql-worker'],
  'libs/cdk-kit/src/index.ts': ALL,
  'libs/cloud-assembly/src/index.ts': NONE,
  'libs/job-logging/src/index.ts': JOBS,
  'libs/job-progress/src/index.ts': ['mysql-worker'],
  'libs/job-schemas/src/index.ts': ['api-contract', 'job-watcher', ...JOBS],
  'libs/mysql-connect/src/index.ts': JOBS,
  'libs/mysql-dump/src/index.ts': ['mysql-worker'],
  'libs/mysql-restore/src/index.ts': ['mysql-worker'],
  'libs/names/src/index.ts': ALL,
  'libs/object-store/src/index.ts': ['mysql-worker'],
  'libs/parameter-lookup/src/index.ts': JOBS,
  'libs/parameter-rules/src/index.ts': JOBS,
  'libs/settings/src/index.ts': ALL,
  'libs/task-token/src/index.ts': ['job-watcher', 'mysql-worker'],
  'libs/workflow-kit/src/index.ts': JOBS,

  'settings.yml': ALL,
  'package-lock.json': ALL,
  'tsconfig.base.json': ALL,
  'nx.json': ALL,
  'tools/nx/workspace-targets.mjs': ALL,

  'README.md': NONE,
  'docs/api.md': NONE,
  'docs/decisions/0002-boundaries.md': NONE,
  'libs/names/README.md': NONE,
  'tools/deploy/src/main.ts': NONE,
  'tools/demo/src/main.ts': NONE,
  'tools/e2e/src/backup.story.ts': NONE,
  'tools/image/src/main.ts': NONE,
  'tools/setup/with-everything.mjs': NONE,
  '.github/workflows/deploy.yml': NONE,
};

describe('a change', () => {
  let graph: ProjectGraph;
  beforeAll(async () => (graph = await createProjectGraphAsync({ exitOnError: false })));

  const affectedBy = async (file: string): Promise<string[]> => {
    const { nodes } = await filterAffected(graph, calculateFileChanges([file], {}));
    return Object.values(nodes)
      .filter(({ data }) => data.targets?.['deploy'] !== undefined)
      .map(({ name }) => name)
      .sort();
  };

  it.each(Object.entries({ ...MATRIX, ...IN_NO_ASSEMBLY }))('to %s marks %j', async (file, expected) => {
    expect(existsSync(join(workspaceRoot, file))).toBe(true);
    await expect(affectedBy(file)).resolves.toEqual(expected);
  });

  it('to a test, or to what only tests use, is no input of a build or a synthesis', () => {
    const found = globSync('{apps,libs}/*/{.,*,*/*,*/*/*}/{testing,*.test.ts}', { cwd: workspaceRoot });
    const files = found
      .filter((path) => !path.includes('node_modules'))
      .map((path) => (path.endsWith('.ts') ? path : `${path}/any-file.ts`));
    const { namedInputs } = JSON.parse(readFileSync(join(workspaceRoot, 'nx.json'), 'utf8')) as {
      namedInputs: { production: string[] };
    };
    const excluded = namedInputs.production.filter((input) => input.startsWith('!{projectRoot}/'));
    const patterns = excluded.map((input) => input.replace('!{projectRoot}', '*/*'));

    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => !patterns.some((pattern) => matchesGlob(file, pattern)))).toEqual([]);
  });

  it('is looked at for everything that is deployed, and for every library', () => {
    const roots = [
      ...findDeployables(graph).map(({ root }) => root),
      ...readdirSync(join(workspaceRoot, 'libs')).map((name) => `libs/${name}`),
    ];
    const covered = Object.keys({ ...MATRIX, ...IN_NO_ASSEMBLY });

    expect(roots.filter((root) => !covered.some((file) => file.startsWith(`${root}/`)))).toEqual([]);
  });

  it('is seen by the Nx command line alike', async () => {
    const programs = createPrograms(workspaceRoot, process.env);

    const affected = await affectedDeployables({ files: ['libs/job-schemas/src/index.ts'] }, programs);

    expect(affected.sort()).toEqual(['api-contract', 'job-watcher', ...JOBS]);
  });
});

describe('Nx that fails', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'nx-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['ends with an error', 'echo "[]"; exit 1', 'ended with 1.'],
    ['is killed', 'echo "[]"; kill -KILL $$', 'ended with a signal.'],
    ['writes nothing', 'exit 0', 'Nx answered with no list of projects but with "".'],
    ['writes a warning before its list', 'echo "NX note"; echo "[]"', 'Nx answered with no list of projects'],
  ])('and %s never means that nothing is affected', async (_what, script, message) => {
    writeFileSync(join(folder, 'nx'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'nx'), 0o755);
    const programs = createPrograms(folder, { PATH: `${folder}:/usr/bin:/bin` });

    await expect(affectedDeployables({ sinceCommit: 'c0ffee' }, programs)).rejects.toThrow(message);
  });
});
