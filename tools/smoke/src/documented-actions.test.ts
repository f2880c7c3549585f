import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from './checks.ts';

describe('docs/deploy.md', () => {
  it('lists the IAM actions of the checks, and no others', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/deploy.md'), 'utf8');
    const section = page.split(/^## /m).find((each) => each.startsWith('Prove that it works')) ?? '';
    const listed = [...section.matchAll(/`([a-z]+:[A-Z]\w+)`/g)].map(([, action]) => action);
    const needed = new Set(CHECKS.flatMap(({ actions }) => actions));
    expect(listed.sort()).toEqual([...needed].sort());
  });
});
