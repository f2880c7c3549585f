import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkedSettings } from '../assembly/checked-settings.ts';
import { synthesizedStacks, WORKSPACE_ROOT } from '../assembly/synthesized-stacks.ts';
import { rightsPage } from './rights-page.ts';
import { roleRights } from './role-rights.ts';

writeFileSync(
  join(WORKSPACE_ROOT, 'docs/rights.md'),
  rightsPage(synthesizedStacks().flatMap(roleRights), checkedSettings()),
);
