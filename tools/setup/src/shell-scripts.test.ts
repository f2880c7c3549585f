import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const workspaceRoot = join(import.meta.dirname, '../../..');
const SHELL_LINE = /^#!.*\b(ba)?sh\b/;

/** Every file that a shell runs: by its name, or by its first line. */
function shellScripts(): string[] {
  const entries = globSync('{.ci,.github,apps,libs,tools}/**/*', {
    cwd: workspaceRoot,
    exclude: ({ name }) => ['node_modules', 'cdk.out', 'tmp'].includes(name),
    withFileTypes: true,
  });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return files.filter((path) => path.endsWith('.sh') || SHELL_LINE.test(readFileSync(path, 'utf8')));
}

describe('the shell scripts of the workspace', () => {
  const scripts = shellScripts();

  it('are found', () => {
    const names = scripts.map((path) => path.slice(workspaceRoot.length + 1));

    expect(names).toEqual(expect.arrayContaining(['.ci/run', 'apps/mysql-worker/scripts/db_backup.sh']));
  });

  it('have nothing that ShellCheck warns of', () => {
    const { stdout, stderr } = spawnSync('shellcheck', ['--severity=style', '--format=gcc', ...scripts], {
      cwd: workspaceRoot,
      encoding: 'utf8',
    });

    expect(`${stdout}${stderr}`).toBe('');
  });
});
