import type { Deployable } from './deployables.ts';
import { createDeployRecords } from './deploy-records.ts';
import { destroyProject } from './destroy-project.ts';
import { memoryStore } from './testing/memory-store.ts';
import { recordingPrograms, type Answers } from './testing/recording-programs.ts';

const DEPLOYED = '{"state":"deployed","fingerprint":"f1"}';

const deployables: Deployable[] = [
  { name: 'infra', root: 'apps/infra', wave: 'foundation' },
  { name: 'api', root: 'apps/api', wave: 'app' },
  { name: 'worker', root: 'apps/worker', wave: 'app' },
];

function destroy(project: 'infra' | 'worker', parameters: Record<string, string>, answers: Answers = {}) {
  const memory = memoryStore(parameters);
  const { programs, recorded } = recordingPrograms(answers);
  const records = createDeployRecords(memory.store, '/ops');
  const ended = destroyProject({
    project,
    projectRoot: `apps/${project}`,
    deployables,
    records,
    programs,
    args: ['--force'],
  });
  return { ended, recorded, memory };
}

describe('a destroy', () => {
  it('deletes the stacks of that project, and forgets it', async () => {
    const { ended, recorded, memory } = destroy('worker', {
      '/ops/deployed/worker': DEPLOYED,
      '/ops/deployed/infra': DEPLOYED,
    });

    await ended;

    expect(recorded).toEqual(['apps/worker$ cdk destroy --app ../../dist/apps/worker/cdk.out --all --force']);
    expect(memory.parameters).toEqual({ '/ops/deployed/infra': DEPLOYED });
  });

  it('that fails, or is not confirmed, leaves no record of a deploy', async () => {
    const { ended, memory } = destroy(
      'worker',
      { '/ops/deployed/worker': DEPLOYED },
      { 'cdk destroy': { exitCode: 1 } },
    );

    await expect(ended).rejects.toThrow('ended with 1.');
    expect(memory.parameters).toEqual({ '/ops/deployed/worker': '{"state":"destroying"}' });
  });

  it('of the foundation is refused while another stack needs it', async () => {
    const { ended, recorded } = destroy('infra', {
      '/ops/deployed/infra': DEPLOYED,
      '/ops/deployed/api': DEPLOYED,
      '/ops/deployed/worker': '{"state":"destroying"}',
    });

    await expect(ended).rejects.toThrow('api and worker need infra: destroy them first.');
    expect(recorded).toEqual([]);
  });

  it('of the foundation is done once no stack needs it', async () => {
    const { ended, memory } = destroy('infra', { '/ops/deployed/infra': DEPLOYED });

    await ended;

    expect(memory.parameters).toEqual({});
  });
});
