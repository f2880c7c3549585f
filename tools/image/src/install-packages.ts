import { run } from './run.ts';

/**
 * Nothing is removed: another container engine's packages could be in the way. Another apt that is at
 * work, as on a machine that has just started, is waited for.
 */
const INSTALL = ['install', '--yes', '--no-upgrade', '--no-remove', '--no-install-recommends'];
const WAIT_FOR_OTHERS = ['-o', 'DPkg::Lock::Timeout=300'];

/** Makes sure that Debian's packages are installed; the list of what there is is fetched only when need be. */
export async function installPackages(packages: readonly string[]): Promise<void> {
  const install = (): Promise<string> => run('apt-get', [...WAIT_FOR_OTHERS, ...INSTALL, ...packages]);
  try {
    await install();
  } catch {
    await run('apt-get', [...WAIT_FOR_OTHERS, 'update']);
    await install();
  }
}
