import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDeployableAssembly } from './deployable-assembly.ts';
import { bootstrap, deployChanged } from './deploy-changed.ts';
import type { Deployable } from './deployables.ts';
import { createDeployRecords } from './deploy-records.ts';
import { readFingerprint } from './fingerprint.ts';
import type { Programs } from './programs.ts';
import type { FindStackStatus } from './stack-status.ts';
import { memoryStore } from './testing/memory-store.ts';
import { recordingPrograms, type Answers } from './testing/recording-programs.ts';
import { writeAssembly } from './testing/synthesized-app.ts';

const KEY = '/ops/foundation/key_arn';

const deployables: Deployable[] = [
  { name: 'infra', root: 'apps/infra', wave: 'foundation' },
  { name: 'api', root: 'apps/api', wave: 'app' },
  { name: 'worker', root: 'apps/worker', wave: 'app' },
  { name: 'triggers', root: 'apps/triggers', wave: 'edge' },
];

const SYNTH = 'nx run-many -t synth -p';
const deployOf = (projects: string): string => `nx run-many -t deploy -p ${projects} --output-style=stream`;
const AFFECTED = 'nx show projects --affected --base=';

const originalFolder = process.cwd();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  process.chdir(folder);
  for (const { name, root, wave } of deployables) {
    writeAssembly(`dist/${root}/cdk.out`, { parameterNames: wave === 'foundation' ? [] : [KEY] });
    writeFileSync(`dist/${root}/cdk.out/asset.1/name`, name);
  }
});
afterEach(() => {
  process.chdir(originalFolder);
  rmSync(folder, { recursive: true });
});

/** An account where everything was deployed from one commit, but for these projects' own. */
async function deployedFrom(commit: string, others: Record<string, string | undefined> = {}) {
  const memory = memoryStore({ [KEY]: 'arn:1' });
  const records = createDeployRecords(memory.store, '/ops');
  for (const { name, root } of deployables) {
    const own = name in others ? others[name] : commit;
    if (own === undefined) continue;
    const fingerprint = await readFingerprint(readDeployableAssembly(`dist/${root}/cdk.out`), memory.store);
    await records.write(name, { state: 'deployed', commit: own, fingerprint, stacks: [`ops-${name}`] });
  }
  return { ...memory, records };
}

type Account = Awaited<ReturnType<typeof deployedFrom>>;

/** What Nx, git and CDK were asked, in order, without what only looks. */
async function run(
  { store, records }: Account,
  answers: Answers,
  effects: Partial<Record<string, () => void>> = {},
  findStackStatus: FindStackStatus = () => Promise.resolve('UPDATE_COMPLETE'),
) {
  const recording = recordingPrograms({ [AFFECTED]: '[]', 'git rev-parse': 'head', ...answers });
  const programs: Programs = {
    ...recording.programs,
    run: async (command, options) => {
      await recording.programs.run(command, options);
      effects[command.join(' ')]?.();
    },
  };
  const said: string[] = [];
  const ended = deployChanged({
    deployables,
    store,
    records,
    programs,
    findStackStatus,
    say: (line) => said.push(line),
  });
  await ended.catch(() => undefined);
  return { ended, said, asked: recording.recorded.filter((call) => call.startsWith('nx')) };
}

const changeSource = (root: string): void => writeFileSync(join('dist', root, 'cdk.out/asset.1/name'), 'changed');

describe('deploying what changed', () => {
  it('deploys again what CloudFormation has no longer, and says so', async () => {
    const account = await deployedFrom('base');
    const gone: FindStackStatus = (name) => Promise.resolve(name === 'ops-worker' ? undefined : 'UPDATE_COMPLETE');
    const stack: FindStackStatus = (name) => (name === 'app' ? gone('ops-worker') : gone(name));

    const { asked, said } = await run(account, {}, {}, stack);

    expect(asked).toContain(deployOf('worker'));
    expect(said).toContain('worker: the stack app does not exist, so it is deployed again');
    expect(said).toContain('api: as deployed');
  });

  it('deploys everything into an empty account, wave by wave', async () => {
    const empty = await deployedFrom('', { infra: undefined, api: undefined, worker: undefined, triggers: undefined });

    const { ended, asked } = await run(empty, {});

    await ended;
    expect(asked).toEqual([
      `${SYNTH} infra`,
      deployOf('infra'),
      `${SYNTH} api,worker`,
      deployOf('api,worker'),
      `${SYNTH} triggers`,
      deployOf('triggers'),
    ]);
  });

  it('does nothing, not even synthesize, when nothing changed', async () => {
    const { asked, said } = await run(await deployedFrom('c0ffee'), {});

    expect(asked.filter((call) => !call.startsWith(AFFECTED))).toEqual([]);
    expect(said).toEqual(['infra: as deployed', 'api: as deployed', 'worker: as deployed', 'triggers: as deployed']);
  });

  it('deploys the piece that changed, and no other', async () => {
    const account = await deployedFrom('c0ffee');
    changeSource('apps/worker');

    const { asked } = await run(account, { [`${AFFECTED}c0ffee`]: '["worker"]' });

    expect(asked.filter((call) => !call.startsWith(AFFECTED))).toEqual([
      `${SYNTH} worker`,
      deployOf('worker'),
      // The worker may have written what an edge reads; it is looked at, and left alone.
      `${SYNTH} triggers`,
    ]);
  });

  it('asks what changed since each piece was deployed itself: one cannot hide the changes of another', async () => {
    const account = await deployedFrom('c0ffee', { api: 'decaf0' });

    const { asked } = await run(account, {});

    const suffix = ' --withTarget=deploy --json';
    expect(asked).toEqual([
      `${AFFECTED}c0ffee${suffix}`,
      `${AFFECTED}decaf0${suffix}`,
      `${AFFECTED}c0ffee${suffix}`,
      `${AFFECTED}c0ffee${suffix}`,
    ]);
  });

  it('leaves alone what Nx calls affected but what would be deployed as it is, and moves its commit on', async () => {
    const account = await deployedFrom('c0ffee');

    const { asked, said } = await run(account, { [AFFECTED]: '["worker"]' });

    expect(asked).toContain(`${SYNTH} worker`);
    expect(asked.some((call) => call.includes('-t deploy'))).toBe(false);
    expect(said).toContain('worker: as deployed');
    await expect(account.records.find('worker')).resolves.toMatchObject({ commit: 'head' });
    await expect(account.records.find('api')).resolves.toMatchObject({ commit: 'c0ffee' });
  });

  it('deploys what reads a value that the foundation has just changed, although its source has not', async () => {
    const account = await deployedFrom('c0ffee');
    changeSource('apps/infra');

    const { asked } = await run(
      account,
      { [AFFECTED]: '["infra"]' },
      {
        [deployOf('infra')]: () => void account.store.put(KEY, 'arn:2'),
      },
    );

    expect(asked).toContain(deployOf('api,worker'));
    expect(asked).toContain(deployOf('triggers'));
  });

  it.each([
    ['a deploy broke off', '{"state":"deploying"}'],
    ['its record cannot be read', '?'],
  ])('deploys a piece again when %s', async (_what, record) => {
    const account = await deployedFrom('c0ffee');
    await account.store.put('/ops/deployed/api', record);

    const { asked } = await run(account, {});

    expect(asked).toContain(deployOf('api'));
  });

  it('compares assemblies when git cannot tell what changed: the deployed commit is not behind this one', async () => {
    const account = await deployedFrom('c0ffee');
    changeSource('apps/api');

    const { asked } = await run(account, { 'git merge-base': { exitCode: 1 } });

    expect(asked).toEqual([`${SYNTH} infra`, `${SYNTH} api,worker`, deployOf('api'), `${SYNTH} triggers`]);
  });
});

describe('when something fails', () => {
  it('a wave that failed is the last one', async () => {
    const account = await deployedFrom('c0ffee');
    changeSource('apps/api');
    changeSource('apps/triggers');

    const { ended, asked } = await run(account, {
      [AFFECTED]: '["api","triggers"]',
      'nx run-many -t deploy': { exitCode: 1 },
    });

    await expect(ended).rejects.toThrow(`"${deployOf('api')}" ended with 1.`);
    expect(asked.at(-1)).toBe(deployOf('api'));
  });

  it.each<[string, Answers[string]]>([
    ['fails', { exitCode: 1 }],
    ['answers with nothing', ''],
    ['answers with no list', '{"infra":true}'],
  ])('nothing is deployed, or taken for deployed, when Nx %s', async (_what, answer) => {
    const { ended, asked, said } = await run(await deployedFrom('c0ffee'), { [AFFECTED]: answer });

    await expect(ended).rejects.toThrow();
    expect(asked).toHaveLength(1);
    expect(said).toEqual([]);
  });
});

describe('bootstrapping', () => {
  it('is done with the first assembly, which tells account and region', async () => {
    const { store, records } = await deployedFrom('c0ffee');
    const { programs, recorded } = recordingPrograms();

    await bootstrap({
      deployables,
      store,
      records,
      programs,
      findStackStatus: () => Promise.resolve(undefined),
      say: () => undefined,
    });

    expect(recorded).toEqual([`${SYNTH} infra`, 'apps/infra$ cdk bootstrap --app ../../dist/apps/infra/cdk.out']);
  });
});
