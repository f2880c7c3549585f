import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSettings, type Settings } from '@serverless-ops/settings';
import { checkedSettings } from '../assembly/checked-settings.ts';
import { synthesizedStacks, WORKSPACE_ROOT } from '../assembly/synthesized-stacks.ts';
import { rightsPage } from './rights-page.ts';
import { roleRights } from './role-rights.ts';

/** Settings that the page does not depend on: it writes the shipped prefixes, and no role names account or database. */
function choices({
  namePrefix: _n,
  parameterPrefix: _p,
  account: _a,
  region: _r,
  databases: _d,
  ...rest
}: Settings): unknown {
  return rest;
}

const written = readFileSync(join(WORKSPACE_ROOT, 'docs/rights.md'), 'utf8');
const settings = checkedSettings();
const roles = synthesizedStacks().flatMap(roleRights);
const isAsShipped =
  JSON.stringify(choices(settings)) === JSON.stringify(choices(parseSettings('api: { account_logging_role: create }')));

describe('docs/rights.md', () => {
  it('says what each role may do, as the templates have it', () => {
    const expected = isAsShipped ? rightsPage(roles, settings) : written;

    expect(withoutTablePadding(written)).toBe(withoutTablePadding(expected));
  });

  it('has every role, whatever the settings are', () => {
    const missing = roles.filter(({ role }) => !written.includes(`\n### ${role}\n`));

    expect(missing).toEqual([]);
  });
});

/** Prettier aligns the columns of tables. */
function withoutTablePadding(page: string): string {
  return page.replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---');
}
