import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDeployableAssembly } from './deployable-assembly.ts';
import { deployProject } from './deploy-project.ts';
import { createDeployRecords } from './deploy-records.ts';
import { memoryStore } from './testing/memory-store.ts';
import { recordingPrograms, type Answers } from './testing/recording-programs.ts';
import { writeAssembly } from './testing/synthesized-app.ts';

const BOOTSTRAP = '/cdk-bootstrap/hnb659fds/version';
const CDK = 'apps/worker$ cdk deploy --app ../../dist/apps/worker/cdk.out --all --require-approval never';

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'deploy-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Deploys a project that has an image, unless told otherwise. */
function deploy(given: {
  answers?: Answers;
  parameters?: Record<string, string>;
  images?: object;
  args?: string[];
  resources?: object;
}) {
  const { answers = {}, parameters = { [BOOTSTRAP]: '30' }, images = { abc: {} }, args = [], resources = {} } = given;
  const calls: string[] = [];
  writeAssembly(folder, { parameterNames: [BOOTSTRAP], images, resources });
  const memory = memoryStore(parameters);
  const { programs, recorded } = recordingPrograms(answers);
  const ended = deployProject({
    project: 'worker',
    projectRoot: 'apps/worker',
    assembly: readDeployableAssembly(folder),
    store: memory.store,
    records: createDeployRecords(memory.store, '/ops'),
    programs,
    docker: 'podman',
    ensureEcsServiceRole: () => Promise.resolve(void calls.push('the role of ECS')),
    args,
  });
  return { ended, calls, recorded, record: () => memory.parameters['/ops/deployed/worker'] };
}

describe('a deploy', () => {
  it('ships the assembly that was synthesized, and records commit and fingerprint', async () => {
    const { ended, recorded, record } = deploy({ answers: { 'git rev-parse': 'c0ffee\n' } });

    await ended;

    expect(recorded).toEqual(['podman version', 'git status --porcelain', 'git rev-parse HEAD', CDK]);
    expect(record()).toMatch(
      /^\{"state":"deployed","commit":"c0ffee","fingerprint":"[0-9a-f]{64}","stacks":\["app"\]\}$/,
    );
  });

  it.each([
    [{ Providers: { Type: 'AWS::ECS::ClusterCapacityProviderAssociations' } }, ['the role of ECS']],
    [{ Topic: { Type: 'AWS::SNS::Topic' } }, []],
  ])('makes sure of the service-linked role of ECS for a cluster alone: %j', async (resources, expected) => {
    const { ended, calls } = deploy({ resources });

    await ended;

    expect(calls).toEqual(expected);
  });

  it('passes further arguments on to CDK', async () => {
    const { ended, recorded } = deploy({ args: ['--no-rollback'] });

    await ended;

    expect(recorded.at(-1)).toBe(`${CDK} --no-rollback`);
  });

  it('records no commit when the source has changes that were not committed', async () => {
    const { ended, record } = deploy({ answers: { 'git status': ' M apps/worker/main.ts\n' } });

    await ended;

    expect(record()).toMatch(/^\{"state":"deployed","fingerprint":"[0-9a-f]{64}","stacks":\["app"\]\}$/);
  });

  it('that fails leaves no record of success, not even that of the deploy before', async () => {
    const { ended, record } = deploy({
      answers: { 'cdk deploy': { exitCode: 1 } },
      parameters: { [BOOTSTRAP]: '30', '/ops/deployed/worker': '{"state":"deployed","fingerprint":"f1"}' },
    });

    await expect(ended).rejects.toThrow('cdk deploy --app');
    expect(record()).toBe('{"state":"deploying"}');
  });

  it('without Docker is refused in one sentence, before anything is touched', async () => {
    const { ended, recorded, record } = deploy({ answers: { podman: { exitCode: 125 } } });

    await expect(ended).rejects.toThrow(
      'worker has a container image to build, and "podman" does not answer: start Docker, or set CDK_DOCKER to podman or finch.',
    );
    expect(recorded).toEqual(['podman version']);
    expect(record()).toBeUndefined();
  });

  it('of a project without an image needs no Docker', async () => {
    const { ended, recorded } = deploy({ images: {}, answers: { podman: { exitCode: 125 } } });

    await ended;

    expect(recorded.at(-1)).toBe(CDK);
  });

  it('into an account that is not bootstrapped is refused, before anything is touched', async () => {
    const { ended, recorded, record } = deploy({ parameters: {} });

    await expect(ended).rejects.toThrow('run "npm run deploy -- --bootstrap" once.');
    expect(recorded).toEqual([]);
    expect(record()).toBeUndefined();
  });
});
