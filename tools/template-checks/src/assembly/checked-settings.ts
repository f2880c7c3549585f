import { join } from 'node:path';
import { loadSettings, type Settings } from '@serverless-ops/settings';
import { WORKSPACE_ROOT } from './synthesized-stacks.ts';

/** What the assemblies were synthesized with. */
export function checkedSettings(): Settings {
  return loadSettings(join(WORKSPACE_ROOT, 'settings.yml'));
}
