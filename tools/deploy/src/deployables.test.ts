import type { ProjectGraph } from '@nx/devkit';
import { findDeployables } from './deployables.ts';

function graphOf(projects: Record<string, { tags: string[]; deployed?: boolean }>): ProjectGraph {
  const nodes = Object.entries(projects).map(([name, { tags, deployed = true }]) => [
    name,
    { name, type: 'app', data: { root: `apps/${name}`, tags, targets: deployed ? { deploy: {} } : {} } },
  ]);
  return { nodes: Object.fromEntries(nodes) as ProjectGraph['nodes'], dependencies: {} };
}

describe('what is deployed', () => {
  it('comes wave by wave, and by name', () => {
    const graph = graphOf({
      triggers: { tags: ['wave:edge'] },
      worker: { tags: ['type:app', 'wave:app'] },
      api: { tags: ['wave:app'] },
      infra: { tags: ['wave:foundation'] },
      names: { tags: [], deployed: false },
    });

    expect(findDeployables(graph)).toEqual([
      { name: 'infra', root: 'apps/infra', wave: 'foundation' },
      { name: 'api', root: 'apps/api', wave: 'app' },
      { name: 'worker', root: 'apps/worker', wave: 'app' },
      { name: 'triggers', root: 'apps/triggers', wave: 'edge' },
    ]);
  });

  it.each([
    ['no wave', []],
    ['two waves', ['wave:foundation', 'wave:edge']],
    ['a wave that is misspelled', ['wave:apps']],
  ])('never has %s: it would not be deployed, without a message', (_what, tags) => {
    expect(() => findDeployables(graphOf({ console: { tags } }))).toThrow(
      'console is deployed, so its tags need exactly one of "wave:foundation", "wave:app", "wave:edge".',
    );
  });

  it('is never nothing', () => {
    expect(() => findDeployables(graphOf({}))).toThrow('Nx knows no project with a deploy target.');
  });
});
