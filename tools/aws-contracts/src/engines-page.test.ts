import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE_ROOT } from './assembly/synthesized-templates.ts';

const page = readFileSync(join(WORKSPACE_ROOT, 'docs/aws-engines.md'), 'utf8');
const named = [...page.matchAll(/`([\w./-]+\.(?:test|story)\.ts)`/g)].map(([, file = '']) => file);

describe('docs/aws-engines.md', () => {
  it('names only tests that there are', () => {
    expect(named).not.toEqual([]);
    expect(named.filter((file) => !existsSync(join(WORKSPACE_ROOT, file)))).toEqual([]);
  });

  it('names every contract test', () => {
    const contracts = globSync('tools/aws-contracts/src/**/*.{test,story}.ts', { cwd: WORKSPACE_ROOT });
    expect(contracts.filter((file) => !file.endsWith('engines-page.test.ts') && !named.includes(file))).toEqual([]);
  });

  it('says in each row of its tables what a test is compared with', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('|') && line.includes('.ts`'));
    expect(rows.map((row) => row.split('|').filter((cell) => cell.trim() !== '').length)).toEqual(rows.map(() => 4));
  });
});
