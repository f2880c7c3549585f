import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync } from 'node:fs';
import { join } from 'node:path';

/** Copies the source of this checkout, as it is on disk, into another folder, with its packages. */
export function createSecondCheckout(workspaceRoot: string, folder: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: workspaceRoot,
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter((each) => each !== '' && existsSync(join(workspaceRoot, each)))) {
    cpSync(join(workspaceRoot, file), join(folder, file));
  }
  for (const packages of ['node_modules', ...globSync('{apps,libs,tools}/*/node_modules', { cwd: workspaceRoot })]) {
    // Hard links: a second installation without its time and space. The links among our own packages stay relative.
    execFileSync('cp', ['--archive', '--link', packages, join(folder, packages)], { cwd: workspaceRoot });
  }
}
