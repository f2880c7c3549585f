import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployedApps, synthesizedStacks, WORKSPACE_ROOT } from './synthesized-stacks.ts';

describe('the stacks that are checked', () => {
  it('are those of every app that is deployed', () => {
    expect(new Set(synthesizedStacks().map(({ app }) => app))).toEqual(new Set(deployedApps()));
  });

  it.each(deployedApps())('of %s are synthesized anew before: its wave is what this project waits for', (app) => {
    const packageJson = readFileSync(join(WORKSPACE_ROOT, 'apps', app, 'package.json'), 'utf8');
    const { nx } = JSON.parse(packageJson) as { nx: { tags: string[] } };
    expect(nx.tags).toContainEqual(expect.stringMatching(/^wave:/));
  });
});
