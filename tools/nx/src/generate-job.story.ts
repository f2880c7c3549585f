import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkspaceCopy, type Ended } from './testing/workspace-copy.ts';

// Each step is a program that loads the compiler, CDK or many tests.
jest.setTimeout(300_000);

const WORKSPACE_ROOT = join(import.meta.dirname, '../../..');
const NEW_FILES = [
  'libs/job-schemas/src/kinds/db-something.ts',
  'apps/mysql-worker/src/jobs/db-something.ts',
  'apps/mysql-worker/src/jobs/db-something.test.ts',
  'tools/e2e/src/db-something.story.ts',
];
const CHANGED_SOURCES = ['libs/job-schemas/src/job-kinds.ts', 'apps/mysql-worker/src/perform-job.ts'];

/** Sources that follow from the table of kinds, without those of CDK: their types take most of the time. */
const TYPED = [
  'libs/job-schemas/src',
  'libs/workflow-kit/src',
  'apps/mysql-worker/src/jobs',
  'apps/mysql-worker/src/perform-job.ts',
  'apps/mysql-worker/infra/workflow',
  'apps/api-contract/contract',
  ...NEW_FILES,
];

/** Tests of everything that follows from the table of kinds. Those of whole stacks are left to their synthesis. */
const TESTS = [
  'libs/job-schemas',
  'libs/workflow-kit',
  'apps/mysql-worker/src/jobs',
  'apps/mysql-worker/infra/workflow',
  'apps/api-contract/contract/(generated-pages|job-request-model|job-status-size|models)',
];

interface JestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const copy = new WorkspaceCopy(WORKSPACE_ROOT);
let generated: Ended;

beforeAll(async () => {
  generated = await copy.run('nx/dist/bin/nx.js', ['g', '@serverless-ops/nx:job', 'db_something', '--no-interactive']);
});

afterAll(() => copy.remove());

function writeInCopy(file: string, text: string): void {
  mkdirSync(join(copy.folder, file, '..'), { recursive: true });
  writeFileSync(join(copy.folder, file), text);
}

describe('a generated kind of job', () => {
  it('is made, with the next steps', () => {
    expect(generated).toMatchObject({ exitCode: 0 });
    expect(generated.output).toContain('until npx jest db-something passes');
  });

  it('is in the tables of the pages', () => {
    const page = (name: string): string => readFileSync(join(copy.folder, 'docs', name), 'utf8');

    expect(page('api.md')).toMatch(/^\| `db_something` +\| `db_name`, `db_env` /m);
    expect(page('deploy.md')).toMatch(/^\| `backup` +\| `db_backup`, `db_something` /m);
  });

  it('is formatted', async () => {
    const checked = await copy.run('prettier/bin/prettier.cjs', [
      '--check',
      'docs/api.md',
      'docs/deploy.md',
      ...NEW_FILES,
      ...CHANGED_SOURCES,
    ]);

    expect(checked).toMatchObject({ exitCode: 0 });
  });

  it('has the types of everything that follows from the table of kinds, and no finding of lint', async () => {
    writeInCopy('tsconfig.copy.json', JSON.stringify({ extends: './tsconfig.base.json', include: TYPED }));

    expect(
      await copy.run('tools/nx/src/testing/check-sources-main.ts', [
        'tsconfig.copy.json',
        ...NEW_FILES,
        ...CHANGED_SOURCES,
      ]),
    ).toEqual({ exitCode: 0, output: '' });
  });

  it('is in the workflow that is synthesized', async () => {
    writeInCopy('dist/apps/mysql-worker/bundle/Dockerfile', 'FROM scratch');

    const synthesized = await copy.run('apps/mysql-worker/infra/main.ts', [], {
      CDK_OUTDIR: join(copy.folder, 'dist/cdk.out'),
    });

    expect(synthesized).toMatchObject({ exitCode: 0 });
    const template = readFileSync(join(copy.folder, 'dist/cdk.out/serverlessops-mysql-worker.template.json'), 'utf8');
    expect(template).toContain('CheckDbSomething');
  });

  it('fails one test, which says what to write, and no other', async () => {
    const report = 'dist/report.json';
    await copy.run('jest/bin/jest.js', ['--runInBand', '--json', `--outputFile=${report}`, ...TESTS]);
    const { testResults } = JSON.parse(readFileSync(join(copy.folder, report), 'utf8')) as JestReport;
    const results = testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = results.filter(({ status }) => status === 'failed');

    expect(results.length).toBeGreaterThan(100);
    expect(failed).toEqual([
      expect.objectContaining({
        fullName: 'db_something does its work on the database',
        failureMessages: [
          expect.stringContaining('db_something is not written yet. Write what it does in apps/mysql-worker/src/jobs/'),
        ] as unknown,
      }),
    ]);
  });
});
