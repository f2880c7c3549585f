import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} PackageLock
 */

const NODE_MAJOR = 24;

/**
 * Installs the packages of package-lock.json unless they are installed, and makes sure of Node 24 among them.
 *
 * @param {string} workspaceRoot
 */
export function ensurePackages(workspaceRoot) {
  const locked = readLock(join(workspaceRoot, 'package-lock.json'));
  // npm writes this one last, so an install that was broken off leaves none.
  const installed = readLock(join(workspaceRoot, 'node_modules', '.package-lock.json'));
  if (locked === undefined || installed === undefined || !isInstalled(locked, installed)) npmCi(workspaceRoot);
  assertNodeVersion(workspaceRoot);
}

/**
 * Whether everything in the lock file is installed in the same version. Optional packages may be absent: those for
 * other platforms always are.
 *
 * @param {PackageLock} locked
 * @param {PackageLock} installed
 */
export function isInstalled(locked, installed) {
  return Object.entries(locked.packages).every(([path, wanted]) => {
    if (!path.includes('node_modules/')) return true;
    const found = installed.packages[path];
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/**
 * @param {string} file
 * @returns {PackageLock | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string} workspaceRoot */
function npmCi(workspaceRoot) {
  console.error('with-everything: installing packages with npm ci');
  // What npm says goes to standard error: standard output is the command's. NODE_ENV=production would leave tools out.
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--loglevel=error'], {
    cwd: workspaceRoot,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('npm ci failed; its own messages above say why');
}

/** @param {string} workspaceRoot */
function assertNodeVersion(workspaceRoot) {
  const node = join('node_modules', '.bin', 'node');
  const { stdout } = spawnSync(join(workspaceRoot, node), ['--version'], { encoding: 'utf8' });
  if (stdout?.startsWith(`v${NODE_MAJOR}.`)) return;
  throw new Error(
    `${node} should be Node ${NODE_MAJOR} but ${stdout ? `is ${stdout.trim()}` : 'does not run'}: npm held back the ` +
      'install script of the package "node", so let it run with "npm rebuild node --ignore-scripts=false"',
  );
}
