import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Whether settings.yml can be used; what is wrong in it is printed. Checked before a command, because its tasks would each
 * print the same. The check is TypeScript, so the workspace's own Node runs it.
 *
 * @param {string} workspaceRoot
 * @param {string} [file]
 * @returns {boolean}
 */
export function settingsAreGood(workspaceRoot, file = join(workspaceRoot, 'settings.yml')) {
  const node = join(workspaceRoot, 'node_modules', '.bin', 'node');
  const check = join(workspaceRoot, 'tools', 'setup', 'check-settings.ts');
  const { status } = spawnSync(node, [check, file], { cwd: workspaceRoot, stdio: 'inherit' });
  return status === 0;
}
