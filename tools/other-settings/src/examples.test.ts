import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createApp, readableTemplate, type OpsStack } from '@serverless-ops/cdk-kit';
import { WORKER_JOB_SIZES } from '@serverless-ops/job-schemas';
import { loadSettings, type Settings } from '@serverless-ops/settings';

// The first synth compiles CDK's template validator, which takes long on a busy machine.
jest.setTimeout(60_000);

type StackClass = new (app: ReturnType<typeof createApp>, settings: Settings, built: object) => OpsStack;

const workspaceRoot = join(import.meta.dirname, '../../..');
const examples = globSync('examples/*.yml', { cwd: workspaceRoot }).sort();
const built = mkdtempSync(join(tmpdir(), 'examples-'));

/** Used instead of every folder that a build makes: nothing of a template depends on what is in the folders. */
const BUILT = { workerBundleFolder: built, lookUpFolder: built, changeFolder: built, bundleFolder: built };

let stacks: StackClass[];

beforeAll(async () => {
  mkdirSync(built, { recursive: true });
  writeFileSync(join(built, 'Dockerfile'), 'FROM scratch');
  writeFileSync(join(built, 'handler.mjs'), 'export const handler = () => undefined;');
  // By their paths, as `cdk.json` names them: no project imports an app.
  const files = globSync('apps/*/infra/*-stack.ts', { cwd: workspaceRoot }).sort();
  const modules = await Promise.all(files.map((file) => import(join(workspaceRoot, file)) as Promise<object>));
  stacks = modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) => (name.endsWith('Stack') ? [value as StackClass] : [])),
  );
});
afterAll(() => rmSync(built, { recursive: true }));

describe('the examples of settings', () => {
  it('are found, with the stack of every app that is deployed', () => {
    expect(examples.map((file) => basename(file))).toEqual(['many-databases.yml', 'one-team.yml', 'tiny.yml']);
    expect(stacks).toHaveLength(globSync('apps/*/cdk.json', { cwd: workspaceRoot }).length);
  });

  it.each(examples)('%s synthesizes every stack', (file) => {
    const settings = loadSettings(join(workspaceRoot, file), { workerJobs: WORKER_JOB_SIZES });

    const templates = stacks.map((Stack) => readableTemplate(new Stack(createApp(), settings, BUILT)));

    for (const { Resources } of templates) expect(Object.keys(Resources).length).toBeGreaterThan(5);
  });
});
